"""Where things are: kecamatan, kelurahan and the kampung of the makers."""
