package io.quantumtrader.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.registry.SchemaNotFoundException.Missing;
import io.quantumtrader.schemas.serde.ContractSchema;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Speaks to a real HTTP server; waits are recorded, not slept. */
class ConfluentSchemaRegistryTest {

  private static final Schema SCHEMA = ContractSchema.of(Clock.getClassSchema());
  private static final String SUBJECT = "quantum.clock-value";
  private static final Duration LONG = Duration.ofSeconds(60);

  private final List<Duration> waits = new ArrayList<>();
  private ScriptedRegistry server;
  private ScriptedRegistry second;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedRegistry();
    second = new ScriptedRegistry();
  }

  @AfterEach
  void stop() {
    server.close();
    second.close();
  }

  private Retries retries(int limit) {
    return new Retries(limit, Duration.ofMillis(100), Duration.ofMillis(500), waits::add, () -> 0);
  }

  private ConfluentSchemaRegistry client(String... urls) {
    return new ConfluentSchemaRegistry(List.of(urls), LONG, LONG, retries(3));
  }

  private static String error(int code, String message) {
    return "{\"error_code\":" + code + ",\"message\":\"" + message + "\"}";
  }

  @Test
  void shouldRegisterOnceAndRememberTheId() {
    // given
    server.then(200, "{\"id\":7}");
    try (ConfluentSchemaRegistry registry = client(server.url() + "/")) {

      // when
      int first = registry.register(SUBJECT, SCHEMA);
      int again = registry.register(SUBJECT, ContractSchema.of(Clock.getClassSchema()));
      int known = registry.idOf(SUBJECT, SCHEMA);

      // then
      assertThat(List.of(first, again, known)).containsOnly(7);
      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().getFirst())
          .startsWith("POST /api/subjects/quantum.clock-value/versions {\"schema\":\"{\\\"type")
          .contains("\\\"name\\\":\\\"Clock\\\"");
    }
  }

  @Test
  void shouldReadASchemaOnceAndRememberIt() {
    // given
    String body = "{\"schema\":" + quoted(SCHEMA.toString()) + "}";
    server.then(200, body);
    try (ConfluentSchemaRegistry registry = client(server.url())) {

      // when, then
      assertThat(registry.schemaById(7)).isEqualTo(SCHEMA);
      assertThat(registry.schemaById(7)).isEqualTo(SCHEMA);
      assertThat(server.requests()).containsExactly("GET /api/schemas/ids/7");
    }
  }

  @Test
  void shouldSpeakTheWholeApi() {
    // given
    String version =
        "{\"subject\":\"a b\",\"version\":2,\"id\":9,\"schema\":" + quoted(SCHEMA.toString()) + "}";
    server
        .then(200, version)
        .then(200, version)
        .then(200, "[\"one\",\"two\"]")
        .then(200, "[2,1]")
        .then(200, "{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}")
        .then(404, error(40408, "no level"))
        .then(200, "{\"compatibility\":\"FULL_TRANSITIVE\"}")
        .then(200, "{\"id\":4}");
    RegisteredSchema expected = new RegisteredSchema("a b", 2, 9, SCHEMA);
    try (ConfluentSchemaRegistry registry = client(server.url())) {

      // when, then
      assertThat(registry.latest("a b")).isEqualTo(expected);
      assertThat(registry.version("a b", 2)).isEqualTo(expected);
      assertThat(registry.subjects()).containsExactly("one", "two");
      assertThat(registry.versions("one")).containsExactly(1, 2);
      assertThat(registry.compatibility("one")).contains(Compatibility.FULL_TRANSITIVE);
      assertThat(registry.compatibility("two")).isEqualTo(Optional.empty());
      registry.setCompatibility("one", Compatibility.FULL_TRANSITIVE);
      assertThat(registry.idOf("one", SCHEMA)).isEqualTo(4);
      assertThat(server.requests())
          .startsWith(
              "GET /api/subjects/a%20b/versions/latest",
              "GET /api/subjects/a%20b/versions/2",
              "GET /api/subjects",
              "GET /api/subjects/one/versions",
              "GET /api/config/one",
              "GET /api/config/two",
              "PUT /api/config/one {\"compatibility\":\"FULL_TRANSITIVE\"}")
          .last()
          .asString()
          .startsWith("POST /api/subjects/one {");
    }
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(404, 40401, SchemaNotFoundException.class, Missing.SUBJECT),
        Arguments.of(404, 40402, SchemaNotFoundException.class, Missing.VERSION),
        Arguments.of(404, 40403, SchemaNotFoundException.class, Missing.SCHEMA),
        Arguments.of(409, 409, SchemaRejectedException.class, null),
        Arguments.of(422, 42201, SchemaRejectedException.class, null),
        Arguments.of(401, 40101, RegistryException.class, null));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void shouldNotRepeatWhatWasRefused(
      int status, int code, Class<? extends RegistryException> kind, Missing missing) {
    // given
    server.then(status, error(code, "told so"));
    try (ConfluentSchemaRegistry registry = client(server.url(), second.url())) {

      // when, then
      assertThatThrownBy(() -> registry.register(SUBJECT, SCHEMA))
          .isExactlyInstanceOf(kind)
          .hasMessage(
              "registering io.quantumtrader.schemas.avro.Clock in subject quantum.clock-value: "
                  + server.url()
                  + " answered "
                  + status
                  + ", error_code "
                  + code
                  + ": told so")
          .satisfies(
              thrown -> {
                if (thrown instanceof SchemaNotFoundException notFound) {
                  assertThat(notFound.missing()).isEqualTo(missing);
                }
              });
      assertThat(waits).isEmpty();
      assertThat(second.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 408, 429})
  void shouldRepeatWhatMayPass(int status) {
    // given
    server.then(status, "<html>").then(status, error(50001, "x")).then(200, "{\"id\":7}");
    try (ConfluentSchemaRegistry registry = client(server.url())) {

      // when, then
      assertThat(registry.register(SUBJECT, SCHEMA)).isEqualTo(7);
      assertThat(waits).containsExactly(Duration.ofMillis(50), Duration.ofMillis(100));
    }
  }

  @Test
  void shouldTryAllAddressesAndStayWithTheOneThatAnswers() {
    // given
    server.then(503, "");
    second.then(200, "[]").then(200, "[]");
    try (ConfluentSchemaRegistry registry = client(server.url(), second.url())) {

      // when
      registry.subjects();
      registry.subjects();

      // then
      assertThat(server.requests()).hasSize(1);
      assertThat(second.requests()).hasSize(2);
      assertThat(waits).isEmpty();
    }
  }

  @Test
  void shouldReportAnOutageAfterBoundedRetries() {
    // given
    String gone = second.url();
    second.close();
    server
        .then(500, error(50001, "store down"))
        .then(500, error(50001, "store down"))
        .then(500, error(50001, "store down"))
        .then(500, error(50001, "store down"));
    try (ConfluentSchemaRegistry registry = client(server.url(), gone)) {

      // when, then
      assertThatThrownBy(() -> registry.schemaById(5))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageStartingWith(
              "reading schema id 5: the schema registry is unavailable after 4 tries: ")
          .hasMessageContaining(
              server.url() + " answered 500, error_code 50001: store down; " + gone)
          .hasMessageContaining("ConnectException");
      assertThat(waits)
          .containsExactly(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200));
      assertThat(server.requests()).hasSize(4);
    }
  }

  @Test
  void shouldGiveUpOnAnAnswerThatDoesNotCome() {
    // given
    server.thenSilence().thenSilence();
    try (ConfluentSchemaRegistry registry =
        new ConfluentSchemaRegistry(
            List.of(server.url()), LONG, Duration.ofMillis(200), retries(1))) {

      // when, then
      assertThatThrownBy(() -> registry.schemaById(5))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("after 2 tries")
          .hasMessageContaining("HttpTimeoutException");
    }
  }

  static Stream<Arguments> nonsense() {
    return Stream.of(
        Arguments.of(200, "<html>", "not JSON"),
        Arguments.of(200, "{}", "Avro cannot read it"),
        Arguments.of(200, "{\"schema\":\"{\\\"type\\\":\\\"cow\\\"}\"}", "Avro cannot read it"),
        Arguments.of(200, "{\"schema\":\"x\",\"schemaType\":\"PROTOBUF\"}", "PROTOBUF, not AVRO"),
        Arguments.of(404, "<html>", "is this the address of its Confluent API?"));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void shouldSayWhatIsWrongWithAnAnswer(int status, String body, String reason) {
    server.then(status, body);
    try (ConfluentSchemaRegistry registry = client(server.url())) {
      assertThatThrownBy(() -> registry.schemaById(5))
          .isInstanceOf(RegistryException.class)
          .isNotInstanceOf(RegistryUnavailableException.class)
          .hasMessageStartingWith("reading schema id 5: ")
          .hasMessageContaining(reason);
    }
  }

  @Test
  void shouldNotRememberFailures() {
    // given
    server.then(404, error(40403, "unknown")).then(200, "{\"id\":3}");
    try (ConfluentSchemaRegistry registry = client(server.url())) {

      // when, then
      assertThatThrownBy(() -> registry.idOf(SUBJECT, SCHEMA))
          .isInstanceOf(SchemaNotFoundException.class);
      assertThat(registry.idOf(SUBJECT, SCHEMA)).isEqualTo(3);
    }
  }

  @Test
  void shouldStopWaitingWhenInterrupted() {
    // given
    Retries interrupted =
        new Retries(
            5,
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            any -> {
              throw new InterruptedException();
            },
            () -> 0);
    server.then(500, "");
    try (ConfluentSchemaRegistry registry =
        new ConfluentSchemaRegistry(List.of(server.url()), LONG, LONG, interrupted)) {

      // when, then
      assertThatThrownBy(registry::subjects).isInstanceOf(InterruptException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void shouldKeepTheKindWhenThePurposeIsAdded() {
    Consumer<RegistryException> check =
        exception ->
            assertThat(exception.during("why"))
                .isExactlyInstanceOf(exception.getClass())
                .hasMessage("why: what")
                .hasCause(exception);
    check.accept(new RegistryException("what", null));
    check.accept(new RegistryUnavailableException("what", null));
    check.accept(new SchemaNotFoundException(Missing.VERSION, "what", null));
    check.accept(new SchemaRejectedException("what", null));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
