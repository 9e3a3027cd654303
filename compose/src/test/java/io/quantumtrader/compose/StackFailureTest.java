package io.quantumtrader.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.quantumtrader.compose.testing.SharedStack;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a part cannot be had there is one clear error, and nothing is left behind. */
@Tag("real")
final class StackFailureTest {
  @TempDir private Path parent;

  private final List<String> events = new ArrayList<>();
  private final String home = System.getProperty(EmbeddedRegistry.HOME_PROPERTY);
  private List<Long> childrenBefore;

  @BeforeEach
  void noteChildren() {
    SharedStack.get();
    childrenBefore = children();
  }

  @AfterEach
  void restoreHome() {
    System.setProperty(EmbeddedRegistry.HOME_PROPERTY, home);
  }

  @Test
  void shouldStopTheOthersWhenOneDiesAtItsStart() throws Exception {
    // given
    Path broken = Files.createDirectories(parent.resolve("broken"));
    Files.writeString(broken.resolve("quarkus-run.jar"), "not a jar");
    System.setProperty(EmbeddedRegistry.HOME_PROPERTY, broken.toString());
    Path directory = parent.resolve("data");

    // when, then
    assertThatThrownBy(() -> Stack.start(StackSettings.embedded().keptIn(directory), listener()))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith("Schema Registry: registry ended at once with exit code 1")
        .hasMessageContaining("Invalid or corrupt jarfile");
    assertThat(events).last().asString().startsWith("failed REGISTRY registry ended at once");
    assertThat(children()).isEqualTo(childrenBefore);
    DataDirectory.open(Optional.of(directory)).close();
  }

  @Test
  void shouldStopTheBrokerWhenConnectCannotStart() {
    // given
    StackSettings settings = StackSettings.embedded().withConnectSetting("key.converter", "none");

    // when, then
    assertThatThrownBy(() -> Stack.start(settings, listener()))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith("Kafka Connect: ")
        .hasMessageContaining("key.converter");
    String broker = addressOf(StackPart.BROKER);
    assertThat(events).last().asString().startsWith("failed CONNECT");
    assertThatThrownBy(() -> GivenAddress.check(StackPart.BROKER, broker))
        .hasMessageContaining("nothing listens");
    assertThat(children()).isEqualTo(childrenBefore);
  }

  @Test
  void shouldSayWhereItLookedForTheRegistry() {
    // given
    System.setProperty(EmbeddedRegistry.HOME_PROPERTY, parent.resolve("nowhere").toString());

    // when, then
    assertThatThrownBy(() -> Stack.start(StackSettings.embedded(), listener()))
        .isInstanceOf(StackException.class)
        .hasMessageContaining(parent.resolve("nowhere").toString());
    assertThat(children()).isEqualTo(childrenBefore);
  }

  @Test
  void shouldNameTheAddressAtWhichNobodyListens() throws IOException {
    // given
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    StackSettings settings = StackSettings.embedded().withRedisAt("redis://127.0.0.1:" + port);

    // when, then
    assertThatThrownBy(() -> Stack.start(settings, listener()))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("Redis: nothing listens there")
        .hasMessageContaining("127.0.0.1:" + port);
    assertThat(children()).isEqualTo(childrenBefore);
  }

  @Test
  void shouldUseTheAddressesThatAreGiven() throws IOException {
    // given
    try (ServerSocket anybody = new ServerSocket(0)) {
      String address = "localhost:" + anybody.getLocalPort();
      StackSettings settings =
          StackSettings.embedded()
              .withKafkaAt("localhost:1," + address)
              .withRegistryAt("http://" + address + "/apis/ccompat/v7")
              .withRedisAt("redis://:secret@" + address + "/1")
              .withoutConnect();

      // when
      try (Stack stack = Stack.start(settings, listener())) {
        // then
        assertThat(stack.bootstrapServers()).isEqualTo("localhost:1," + address);
        assertThat(stack.schemaRegistryUrl()).isEqualTo("http://" + address + "/apis/ccompat/v7");
        assertThat(stack.redisUri()).isEqualTo("redis://:secret@" + address + "/1");
        assertThatThrownBy(stack::connect).isInstanceOf(StackException.class);
        assertThat(events).filteredOn(event -> event.startsWith("ready")).hasSize(3);
      }
    }
    assertThat(children()).isEqualTo(childrenBefore);
  }

  @Test
  void shouldStopOnceAndLeaveNothing() {
    // given
    StackSettings settings = StackSettings.embedded().withKafkaAt(anyAddress()).withoutConnect();
    Stack stack = Stack.start(settings, listener());
    Path temporary = stack.directory("any").getParent();

    // when
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          stack.close();
          stack.close();
        });

    // then
    assertThat(temporary).doesNotExist();
    assertThat(children()).isEqualTo(childrenBefore);
  }

  private String addressOf(StackPart part) {
    String ready = "ready " + part + " ";
    return events.stream()
        .filter(event -> event.startsWith(ready))
        .map(event -> event.substring(ready.length()))
        .findFirst()
        .orElseThrow();
  }

  private static String anyAddress() {
    return SharedStack.get().bootstrapServers();
  }

  /** The processes under this one, the guards of other tests' stacks among them. */
  private static List<Long> children() {
    return ProcessHandle.current().descendants().map(ProcessHandle::pid).sorted().toList();
  }

  private Progress listener() {
    return new Progress() {
      @Override
      public void started(StackPart part) {
        events.add("started " + part);
      }

      @Override
      public void ready(StackPart part, String address, Duration took) {
        events.add("ready " + part + " " + address);
      }

      @Override
      public void failed(StackPart part, String reason, Duration took) {
        events.add("failed " + part + " " + reason);
      }
    };
  }
}
