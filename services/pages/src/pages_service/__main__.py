from congvu_kit.service.start import start

start("pages")
