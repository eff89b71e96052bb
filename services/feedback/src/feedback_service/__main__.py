from feedback_service.main import main

main()
