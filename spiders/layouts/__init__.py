"""The layouts of sites that have had several: a file each, so that a site's own file stays short."""
