from pages_service.main import main

main()
