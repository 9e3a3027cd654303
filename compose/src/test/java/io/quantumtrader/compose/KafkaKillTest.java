package io.quantumtrader.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is killed without a word, and one on the same data right after it. */
@Tag("real")
final class KafkaKillTest {

  private static final int KILLS = 3;

  @TempDir private Path parent;

  @Test
  void shouldStartOnTheSameDataRightAfterEachKill() throws Exception {
    // given
    Path data = parent.resolve("data");
    String cluster = null;
    for (int life = 0; life <= KILLS; life++) {
      try (Killable kafka = Killable.start(data)) {
        // then it is the same cluster each time, takes requests, and knows what was made before
        cluster = cluster == null ? kafka.clusterId() : cluster;
        assertThat(kafka.clusterId()).isEqualTo(cluster);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
          assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).hasSize(life);
          admin
              .createTopics(List.of(new NewTopic("life-" + life, 1, (short) 1)))
              .all()
              .get(30, TimeUnit.SECONDS);
        }
      } // when it is killed
      assertThat(EmbeddedKafka.wasKilled(data)).isTrue();
    }
  }

  @Test
  void shouldKnowABrokerThatStoppedInOrderFromOneThatDidNot() {
    Path data = parent.resolve("data");
    assertThat(EmbeddedKafka.wasKilled(data)).as("before the first start").isFalse();

    try (EmbeddedKafka kafka = EmbeddedKafka.start(data)) {
      assertThat(kafka.clusterId()).isNotEmpty();
      assertThat(EmbeddedKafka.wasKilled(data)).as("while it runs").isTrue();
    }

    assertThat(EmbeddedKafka.wasKilled(data)).as("after its end").isFalse();
  }

  /** A broker in a JVM of its own. */
  private record Killable(Process process, String address, String clusterId)
      implements AutoCloseable {

    static Killable start(Path data) throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  KilledKafka.class.getName(),
                  data.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      // A broker that does not start ends its process, and with it this output.
      BufferedReader output = process.inputReader();
      String[] words =
          output
              .lines()
              .filter(line -> line.startsWith(KilledKafka.READY + " "))
              .findFirst()
              .orElseThrow()
              .split(" ", -1);
      return new Killable(process, words[1], words[2]);
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}
