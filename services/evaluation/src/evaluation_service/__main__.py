from evaluation_service.main import main

main()
