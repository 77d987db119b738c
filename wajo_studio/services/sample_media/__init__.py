"""The sample post's own pictures, clip and sound: drawn and played by this program.

Nothing here comes from a camera or from anybody else. All of it is deterministic.
"""
