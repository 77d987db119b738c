"""The visual identity: palette, logos, fonts, footer, hashtags, one file for all agencies."""
