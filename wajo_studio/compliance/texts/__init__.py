"""The rules that need nothing but words: what a text says, read once, and one function a rule."""
