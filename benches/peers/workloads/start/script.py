RESULT = "hello world"
