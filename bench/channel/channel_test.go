// Package channel is the twin of JobQueueBenchmark for whoever has Go: one producer hands elements to 1, 8 or 100
// consumers through a buffered channel, which can be closed as JobQueue can.
//
//	cd bench/channel && go test -bench . -benchmem -count 6
//
// One operation is one element. Compare ns/op with those of
//
//	java -jar jmh-benchmarks/target/benchmarks.jar JobQueueBenchmark -p queue=JOB_QUEUE -p threads=VIRTUAL
package channel

import (
	"fmt"
	"sync"
	"testing"
)

const (
	batch    = 20_000
	capacity = 1024
)

type element struct {
	last *sync.WaitGroup
}

func BenchmarkHandOver(b *testing.B) {
	for _, consumers := range []int{1, 8, 100} {
		b.Run(fmt.Sprintf("consumers=%d", consumers), func(b *testing.B) {
			channel := make(chan *element, capacity)
			var alive sync.WaitGroup
			for i := 0; i < consumers; i++ {
				alive.Add(1)
				go func() {
					defer alive.Done()
					for e := range channel {
						if e.last != nil {
							e.last.Done()
						}
					}
				}()
			}
			var passed sync.WaitGroup
			ordinary, last := &element{}, &element{last: &passed}
			b.ResetTimer()
			for left := b.N; left > 0; left -= batch {
				passed.Add(1)
				for i := 1; i < batch && i < left; i++ {
					channel <- ordinary
				}
				channel <- last
				passed.Wait()
			}
			b.StopTimer()
			close(channel)
			alive.Wait()
		})
	}
}
