package io.gb.leaks.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** That no kernel is missing and none is there twice. */
class GoKerTest {

  /** As in the folder {@code src/runtime/testdata/testgoroutineleakprofile/goker} of Go. */
  private static final String KERNELS =
      """
      cockroach584 cockroach1055 cockroach1462 cockroach2448 cockroach3710 cockroach6181
      cockroach7504 cockroach9935 cockroach10214 cockroach10790 cockroach13197 cockroach13755
      cockroach16167 cockroach18101 cockroach24808 cockroach25456 cockroach35073 cockroach35931
      etcd5509 etcd6708 etcd6857 etcd6873 etcd7492 etcd7902 etcd10492
      grpc660 grpc795 grpc862 grpc1275 grpc1424 grpc1460 grpc3017
      hugo3251 hugo5379 istio16224 istio17860 istio18454
      kubernetes1321 kubernetes5316 kubernetes6632 kubernetes10182 kubernetes11298
      kubernetes13135 kubernetes25331 kubernetes26980 kubernetes30872 kubernetes38669
      kubernetes58107 kubernetes62464 kubernetes70277
      moby4951 moby7559 moby17176 moby21233 moby25384 moby27782 moby28462 moby29733 moby30408
      moby33781 moby36114
      serving2137 syncthing4829 syncthing5795
      """;

  @Test
  void all64KernelsAreRetold() {
    List<String> names = List.of(KERNELS.trim().split("\\s+"));

    assertThat(names).hasSize(64);
    assertThat(GoKer.all()).extracting(Case::name).containsExactlyInAnyOrderElementsOf(names);
  }
}
