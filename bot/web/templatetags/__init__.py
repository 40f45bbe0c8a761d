"""What the templates of the site call."""
