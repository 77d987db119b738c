"""A public place for stills: networks that fetch pictures fetch them from there."""
