"""Django project: settings, addresses, the public pages and the API that joins the rooms."""
