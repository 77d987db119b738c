"""Templates to pixels: Jinja2, HTML and CSS, fitted by measuring, painted by PlutoPrint."""
