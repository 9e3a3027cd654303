package io.quantumtrader.schemas.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.deadletter.DeadLetter.Failure;
import io.quantumtrader.schemas.deadletter.DeadLetter.Source;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

final class DeadLetterTest {

  private static final int MEBIBYTE = 1_048_576;

  private static ProducerRecord<byte[], byte[]> letter(byte[] key, byte[] value, Headers own) {
    return DeadLetter.of(
        LetterReader.STAGES,
        new Source("quantum.trade.intent", 3, 17, key, value, own),
        new Failure(ReasonCode.VALUE_UNREADABLE, "E".repeat(5_000), "é".repeat(9_000), "s"),
        null,
        5L);
  }

  private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }

  @Test
  void shouldCarryASmallRecordAsItWasWithItsSizeItsHashAndItsPlace() {
    // when
    ProducerRecord<byte[], byte[]> letter =
        letter("main".getBytes(UTF_8), "abc".getBytes(UTF_8), null);

    // then
    assertThat(letter.key()).isEqualTo("main".getBytes(UTF_8));
    assertThat(letter.value()).isEqualTo("abc".getBytes(UTF_8));
    assertThat(letter.timestamp()).isEqualTo(5);
    assertThat(header(letter, DeadLetter.VALUE_SIZE)).isEqualTo("3");
    assertThat(header(letter, DeadLetter.VALUE_SHA256))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(header(letter, DeadLetter.KEY_SIZE)).isNull();
    assertThat(header(letter, DeadLetter.READER)).isEqualTo("stages");
    assertThat(header(letter, DeadLetter.REASON)).isEqualTo("VALUE_UNREADABLE");
    assertThat(header(letter, DeadLetter.TOPIC)).isEqualTo("quantum.trade.intent");
    assertThat(header(letter, DeadLetter.PARTITION)).isEqualTo("3");
    assertThat(header(letter, DeadLetter.OFFSET)).isEqualTo("17");
  }

  @Test
  void shouldFitIntoARecordWhateverItIsMadeOf() {
    // given
    byte[] value = new byte[20 * MEBIBYTE];
    byte[] key = new byte[2 * MEBIBYTE];
    Arrays.fill(value, (byte) 7);
    Headers own = new RecordHeaders().add("small", new byte[10]).add("nothing", null);
    for (int i = 0; i < 100; i++) {
      own.add("large-" + i, new byte[60_000]);
    }

    // when
    ProducerRecord<byte[], byte[]> letter = letter(key, value, own);

    // then
    int bytes = letter.key().length + letter.value().length;
    for (Header header : letter.headers()) {
      bytes += header.key().length() + (header.value() == null ? 0 : header.value().length) + 8;
    }
    assertThat(bytes).isLessThan(MEBIBYTE - 1024);
    assertThat(letter.value()).hasSize(DeadLetter.MAX_VALUE_BYTES).startsWith(7, 7, 7);
    assertThat(header(letter, DeadLetter.VALUE_SIZE)).isEqualTo("" + 20 * MEBIBYTE);
    assertThat(header(letter, DeadLetter.KEY_SIZE)).isEqualTo("" + 2 * MEBIBYTE);
    assertThat(header(letter, DeadLetter.KEY_SHA256)).hasSize(64);
    assertThat(header(letter, "small")).isNotNull();
    assertThat(header(letter, DeadLetter.HEADERS_LEFT_OUT)).isEqualTo("99");
    assertThat(header(letter, DeadLetter.MESSAGE)).matches("é{4096}");
  }

  @Test
  void shouldSayNothingOfAValueThatIsNotThere() {
    // when
    ProducerRecord<byte[], byte[]> letter = letter(null, null, null);

    // then
    assertThat(letter.key()).isNull();
    assertThat(letter.value()).isNull();
    assertThat(header(letter, DeadLetter.VALUE_SIZE)).isNull();
    assertThat(header(letter, DeadLetter.OFFSET)).isEqualTo("17");
  }
}
