package io.quantumtrader.schemas.topic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskInputsTest {

  private static TaskInputs taken() {
    TaskInputs inputs = new TaskInputs();
    inputs.take("quantum.clock", 7);
    inputs.take("quantum.trade.intent", 3);
    inputs.take("quantum.clock", 8);
    return inputs;
  }

  private static TaskInputs read(String header) {
    return TaskInputs.of(new RecordHeaders().add(TaskInputs.HEADER, header.getBytes(US_ASCII)));
  }

  @Test
  void shouldNameTheRecordThatWasTakenLastFirst() {
    RecordHeaders headers = new RecordHeaders();
    taken().addTo(headers);

    assertThat(headers.lastHeader(TaskInputs.HEADER).value())
        .asString(US_ASCII)
        .isEqualTo("quantum.clock@8,quantum.trade.intent@3");
  }

  @Test
  void shouldReadWhatItWrites() {
    RecordHeaders headers = new RecordHeaders();
    taken().addTo(headers);
    TaskInputs read = TaskInputs.of(headers);

    assertThat(read.lastFirst()).containsExactlyEntriesOf(taken().lastFirst());
    assertThat(read.last("quantum.trade.intent")).hasValue(3);
    assertThat(read.last("quantum.apply.result")).isEmpty();
    assertThat(TaskInputs.of(new RecordHeaders()).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "quantum.clock", "@5", "quantum.clock@x", "quantum.clock@1,"})
  void shouldRefuseWhatIsNoPlace(String header) {
    assertThatThrownBy(() -> read(header)).isInstanceOf(IllegalArgumentException.class);
  }
}
