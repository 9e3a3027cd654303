package io.quantumtrader.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that cannot start says so and leaves the process alive. */
@Tag("real")
final class EmbeddedKafkaTest {
  @TempDir private Path directory;

  @Test
  void shouldRefuseADirectoryOfAnotherNode() throws Exception {
    // given
    EmbeddedKafka.start(directory).close();
    Path properties = directory.resolve("meta.properties");
    String written = Files.readString(properties);
    assertThat(written).contains("node.id=1");
    Files.writeString(properties, written.replace("node.id=1", "node.id=2"));

    // when, then
    assertThatThrownBy(() -> EmbeddedKafka.start(directory))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith("the Kafka broker did not start: ")
        .hasMessageContaining("2");
  }

  @Test
  void shouldEndWithAnErrorWhenItsMetadataCannotBeRead() throws Exception {
    // given: the log of the cluster's metadata is a file, where a directory must be
    EmbeddedKafka.start(directory).close();
    Path metadata = directory.resolve("__cluster_metadata-0");
    Files.move(metadata, directory.resolve("away"));
    Files.writeString(metadata, "not a directory");

    // when, then
    assertThatThrownBy(() -> EmbeddedKafka.start(directory))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith("the Kafka broker did not start: ");
  }

  @Test
  void shouldStopTwice() {
    // given
    EmbeddedKafka kafka = EmbeddedKafka.start(directory);

    // when
    kafka.close();
    kafka.close();

    // then
    assertThatThrownBy(() -> GivenAddress.check(StackPart.BROKER, kafka.bootstrapServers()))
        .hasMessageContaining("nothing listens");
  }
}
