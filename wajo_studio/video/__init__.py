"""Clips: probed by PyAV, planned purely, written by one ffmpeg process."""
