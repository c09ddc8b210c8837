"hello world";
