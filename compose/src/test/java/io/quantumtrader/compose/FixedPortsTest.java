package io.quantumtrader.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FixedPortsTest {

  @TempDir private Path directory;

  private static FixedPorts ports(Map<StackPart, Integer> ports) {
    return new FixedPorts(ports);
  }

  private FixedPorts start(Map<StackPart, Integer> given) {
    FixedPorts used = ports(given).withThoseOf(directory);
    ports(given).keepIn(directory, used);
    return used;
  }

  @Test
  void shouldBeThereAgainAtTheNextStart() {
    start(Map.of(StackPart.BROKER, 9092, StackPart.REDIS, 6379));

    assertThat(start(Map.of()).ports())
        .isEqualTo(Map.of(StackPart.BROKER, 9092, StackPart.REDIS, 6379));
    assertThat(start(Map.of(StackPart.REDIS, 6380)).ports())
        .isEqualTo(Map.of(StackPart.BROKER, 9092, StackPart.REDIS, 6380));
    assertThat(start(Map.of()).of(StackPart.REDIS)).isEqualTo(6380);
    assertThat(start(Map.of()).of(StackPart.CONNECT)).isZero();
  }

  @Test
  void shouldForgetAPortFor0() {
    start(Map.of(StackPart.BROKER, 9092, StackPart.REDIS, 6379));

    assertThat(start(Map.of(StackPart.BROKER, 0)).ports()).isEqualTo(Map.of(StackPart.REDIS, 6379));
    assertThat(start(Map.of()).of(StackPart.BROKER)).isZero();
  }

  @Test
  void shouldGiveAPortToThePartForWhichItIsGivenNow() {
    start(Map.of(StackPart.BROKER, 9092));

    assertThat(start(Map.of(StackPart.REDIS, 9092)).ports())
        .isEqualTo(Map.of(StackPart.REDIS, 9092));
  }

  @Test
  void shouldWriteNothingWhereNoneIsGiven() {
    start(Map.of());

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void shouldRefuseWhatIsNoPortAndTwoPartsOnOne() {
    assertThatThrownBy(() -> ports(Map.of(StackPart.BROKER, 70_000)))
        .isInstanceOf(StackException.class)
        .hasMessage(
            "Kafka broker: port 70000 does not exist; give 1 to 65535, or 0 for a free one");
    assertThatThrownBy(() -> ports(Map.of(StackPart.REDIS, -1))).hasMessageContaining("port -1");
    assertThatThrownBy(() -> ports(Map.of(StackPart.REDIS, 9092, StackPart.BROKER, 9092)))
        .hasMessage("two parts cannot both listen on port 9092");
    assertThatCode(() -> ports(Map.of(StackPart.REDIS, 0, StackPart.BROKER, 0)))
        .doesNotThrowAnyException();
    assertThatCode(() -> ports(Map.of(StackPart.REDIS, 65_535))).doesNotThrowAnyException();
  }

  @Test
  void shouldSayWhichFileMakesNoSense() throws Exception {
    Path file = directory.resolve("ports.properties");
    for (String text : new String[] {"kafka-port=x", "redis-port=70000"}) {
      Files.writeString(file, text);

      assertThatThrownBy(() -> start(Map.of()))
          .isInstanceOf(StackException.class)
          .hasMessageStartingWith(file + " cannot be used (")
          .hasMessageEndingWith("; mend or delete it");
    }
  }

  @Test
  void shouldSayThatAPortIsTakenAndWhatToDo() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(Loopback.at(0));
      FixedPorts ports = ports(Map.of(StackPart.REGISTRY, taken.getLocalPort()));

      assertThatThrownBy(() -> ports.requireFree(StackPart.REGISTRY))
          .isInstanceOf(StackException.class)
          .hasMessageStartingWith("port " + taken.getLocalPort() + " of 127.0.0.1 cannot be used (")
          .hasMessageEndingWith("choose another with --registry-port");
      assertThatCode(() -> ports.requireFree(StackPart.REDIS)).doesNotThrowAnyException();
    }
  }

  @Test
  void shouldNameTheOptionOfEachPart() {
    assertThat(FixedPorts.option(StackPart.BROKER)).isEqualTo("kafka-port");
    assertThat(FixedPorts.option(StackPart.CONNECT)).isEqualTo("connect-port");
  }
}
