"""Photos: opened safely, upright, in sRGB, cropped, blurred, saved within bytes."""
