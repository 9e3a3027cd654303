package io.quantumtrader.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quantumtrader.binance.AnswerAge;
import io.quantumtrader.binance.StreamNumbers;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class StreamGaugesTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong nowMs = new AtomicLong(50_000);
  private final AnswerAge answers = new AnswerAge(nowMs::get);
  private final AtomicReference<StreamNumbers> numbers = new AtomicReference<>(StreamNumbers.NONE);

  private double gauge(String name) {
    return registry.get(name).tag("stream", "user").tag("account", "main").gauge().value();
  }

  private double count(String name) {
    return registry.get(name).tag("stream", "user").functionCounter().count();
  }

  @Test
  void shouldShowWhatAStreamDoes() {
    // given
    StreamGauges.show(registry, numbers::get, answers, "user", "main");

    // when
    numbers.set(new StreamNumbers(2, 1, 3, 400, 5, 6_500, 1_500));
    answers.answered();
    nowMs.addAndGet(7_000);

    // then
    assertThat(gauge("quantum.stream.connections.wanted")).isEqualTo(2);
    assertThat(gauge("quantum.stream.connections")).isEqualTo(1);
    assertThat(count("quantum.stream.reconnects")).isEqualTo(3);
    assertThat(count("quantum.stream.messages")).isEqualTo(400);
    assertThat(count("quantum.stream.gaps.filled")).isEqualTo(5);
    assertThat(gauge("quantum.stream.message.age.seconds")).isEqualTo(6.5);
    assertThat(gauge("quantum.stream.silence.seconds")).isEqualTo(1.5);
    assertThat(gauge("quantum.exchange.answer.age.seconds")).isEqualTo(7);
  }

  @Test
  void shouldNotCallItSilentWhereNobodyListens() {
    StreamGauges.show(registry, numbers::get, answers, "user", "main");

    assertThat(gauge("quantum.stream.silence.seconds")).isNaN();
    assertThat(gauge("quantum.stream.message.age.seconds")).isNaN();
    assertThat(gauge("quantum.exchange.answer.age.seconds")).isNaN();
    assertThat(gauge("quantum.stream.connections.wanted")).isZero();
  }
}
