"""The sample batch of the reduction desk: cases/*.toml → proposals, annexes and answers decided beforehand."""
