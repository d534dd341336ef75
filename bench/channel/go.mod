module gb/bench/channel

go 1.19
