"""Publishing the open post: the dialog, and uploading by hand step by step."""
