package io.quantumtrader.schemas.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.deadletter.DeadLetter.Failure;
import io.quantumtrader.schemas.deadletter.DeadLetter.Source;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.IntentHeaders;
import io.quantumtrader.schemas.topic.Topic;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a dead letter says, whoever wrote it, and what of it was the record's. */
final class LetterTest {

  private static ProducerRecord<byte[], byte[]> written(
      LetterReader reader, byte[] key, byte[] value, Headers own) {
    return DeadLetter.of(
        reader,
        new Source("quantum.trade.intent", 1, 17, key, value, own),
        new Failure(ReasonCode.VALUE_UNREADABLE, "E", "no schema has this id", "s"),
        null,
        5L);
  }

  private static Map<String, String> texts(Headers headers) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Header header : headers) {
      texts.put(header.key(), header.value() == null ? "" : new String(header.value(), UTF_8));
    }
    return texts;
  }

  private static Letter read(ProducerRecord<byte[], byte[]> letter) {
    return Letter.of(texts(letter.headers()));
  }

  @ParameterizedTest
  @EnumSource(
      value = LetterReader.class,
      names = {"STAGES", "TABLES", "EXECUTOR", "AGENT", "FEED"})
  void shouldReadWhatItsWriterWrote(LetterReader reader) {
    // when
    Letter letter = read(written(reader, "main".getBytes(UTF_8), "abc".getBytes(UTF_8), null));

    // then
    assertThat(letter)
        .isEqualTo(
            new Letter(
                reader,
                "quantum.trade.intent",
                1,
                17,
                "VALUE_UNREADABLE",
                "no schema has this id",
                true,
                true,
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    assertThat(letter.replayKey()).isEqualTo("quantum.trade.intent:1:17");
    assertThat(letter.place()).isEqualTo("1:17");
  }

  @Test
  void shouldNoticeWhatTheLetterLacks() {
    byte[] one = {1};
    Headers many = new RecordHeaders().add("large", new byte[DeadLetter.MAX_HEADER_BYTES]);

    assertThat(read(written(LetterReader.STAGES, one, null, null)).hasValue()).isFalse();
    assertThat(read(written(LetterReader.STAGES, one, null, null)).whole()).isTrue();
    assertThat(
            read(written(LetterReader.STAGES, one, new byte[DeadLetter.MAX_VALUE_BYTES], null))
                .whole())
        .isTrue();
    assertThat(
            read(written(LetterReader.STAGES, one, new byte[DeadLetter.MAX_VALUE_BYTES + 1], null))
                .whole())
        .isFalse();
    assertThat(
            read(written(LetterReader.STAGES, new byte[DeadLetter.MAX_KEY_BYTES + 1], one, null))
                .whole())
        .isFalse();
    assertThat(read(written(LetterReader.STAGES, one, one, many)).whole()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "quantum.apply.plan, 0, EXECUTOR",
    "quantum.approval, 0, EXECUTOR",
    "quantum.trade.intent, 0, STAGES",
    "quantum.trade.intent, -1, FEED",
    "quantum.apply.result, 0, STAGES",
    "quantum.clock, 0, UNKNOWN",
    "quantum.nothing, 0, UNKNOWN"
  })
  void shouldTellTheReaderOfAnOldLetterWhereOnlyOneReads(
      String topic, String partition, LetterReader reader) {
    Letter letter =
        Letter.of(Map.of(DeadLetter.TOPIC, topic, DeadLetter.PARTITION, partition, "own", "x"));

    assertThat(letter.reader()).isEqualTo(reader);
  }

  @Test
  void shouldTakeForConnectsWhatBearsItsMarks() {
    // given a record that looks like a dead letter of the stages, refused by the sink
    Map<String, String> forged =
        Map.of(
            DeadLetter.TOPIC,
            Topic.TRADE_INTENT.topicName(),
            DeadLetter.READER,
            "stages",
            "__connect.errors.topic",
            "quantum.decision",
            "__connect.errors.partition",
            "2",
            "__connect.errors.offset",
            "9",
            "__connect.errors.exception.message",
            "no schema");

    // when
    Letter sink = Letter.of(forged);
    Letter source =
        Letter.of(
            Map.of(
                "redis.reason",
                "PAYLOAD_UNREADABLE",
                "__connect.errors.topic",
                "quantum.trade.intent"));

    // then
    assertThat(sink.reader()).isEqualTo(LetterReader.REDIS_SINK);
    assertThat(sink.topic()).isEqualTo("quantum.decision");
    assertThat(sink.place()).isEqualTo("2:9");
    assertThat(sink.message()).isEqualTo("no schema");
    assertThat(source.reader()).isEqualTo(LetterReader.REDIS_SOURCE);
    assertThat(source.reason()).isEqualTo("PAYLOAD_UNREADABLE");
    assertThat(source.place()).isEqualTo("?:?");
    assertThat(Letter.of(Map.of()).reader()).isEqualTo(LetterReader.UNKNOWN);
  }

  @Test
  void shouldGiveBackTheHeadersOfTheRecordAndNoOthers() {
    // given
    Headers own =
        new RecordHeaders()
            .add("trace", "1".getBytes(UTF_8))
            .add("trace", "2".getBytes(UTF_8))
            .add("nothing", null)
            .add(IntentHeaders.MOVED_FROM, "0@3".getBytes(UTF_8))
            .add(IntentHeaders.TIME_REJECTED, "7".getBytes(UTF_8));

    // when
    Headers back =
        Letter.ownHeaders(written(LetterReader.STAGES, new byte[1], new byte[1], own).headers());

    // then
    assertThat(back.toArray()).extracting(Header::key).containsExactly("trace", "trace", "nothing");
    assertThat(back.lastHeader("trace").value()).isEqualTo("2".getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "1", "1:", ":1", "-1:0", "0:-1", "a:1", "1:2:3", "1;2"})
  void shouldKnowWhatIsNoPlace(String text) {
    assertThat(LetterPlace.parse(text)).isEmpty();
  }

  @Test
  void shouldReadAPlace() {
    assertThat(LetterPlace.parse("0:12")).isEqualTo(Optional.of(new LetterPlace(0, 12)));
    assertThat(new LetterPlace(0, 12)).hasToString("0:12");
  }
}
