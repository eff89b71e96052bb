from catalogue_service.main import main

main()
