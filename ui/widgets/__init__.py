"""Small reusable widgets that know nothing of posts being saved or checked."""
