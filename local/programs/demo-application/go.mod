module local/demo-application

go 1.26.0
