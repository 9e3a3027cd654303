package io.quantumtrader.app.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.app.testing.RegisteredBroker;
import io.quantumtrader.console.letter.ReplayOrder;
import io.quantumtrader.console.order.OrderRefusedException;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.LetterReplay;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.deadletter.LetterPlace;
import io.quantumtrader.schemas.deadletter.LetterReader;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two operators who send the same letter again, one after the other's first look. */
@Tag("real")
final class LetterDeskTest {

  private static final byte[] KEY = "main".getBytes(StandardCharsets.UTF_8);
  private static final ReplayOrder ORDER = new ReplayOrder("0:0", false, "mended");

  private static RegisteredBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = RegisteredBroker.start();
    byte[] intent =
        broker
            .serdes()
            .of(TradeIntent.class)
            .serializer()
            .serialize(
                Topic.TRADE_INTENT.topicName(),
                TradeIntent.newBuilder()
                    .setIntentId("i-1")
                    .setSymbol("BTCUSDT")
                    .setAction(IntentAction.BUY)
                    .setSource("test")
                    .setCreatedAtMs(1)
                    .build());
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(Topic.DEAD_LETTER.topicName(), 0, KEY, intent);
    Map.of(
            DeadLetter.READER,
            LetterReader.STAGES.label(),
            DeadLetter.TOPIC,
            Topic.TRADE_INTENT.topicName(),
            DeadLetter.PARTITION,
            "0",
            DeadLetter.OFFSET,
            "7",
            DeadLetter.REASON,
            "DECISION_FAILED",
            DeadLetter.VALUE_SIZE,
            Integer.toString(intent.length))
        .forEach(
            (name, value) -> letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            broker.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
      var unused = producer.send(letter).get();
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static LetterDesk desk() {
    return new LetterDesk(
        broker.client(), broker.serdes(), () -> 1, account -> Policies.initial(0));
  }

  private static List<ConsumerRecord<byte[], byte[]>> intents() {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    new TopicReader(broker.client(), Duration.ofSeconds(15))
        .readAll(List.of(Topic.TRADE_INTENT.topicName()), found::add);
    return found;
  }

  @Test
  void shouldRefuseWhoLookedBeforeAnotherHadSentIt() {
    // given: whoever looks now finds that it may be sent
    LetterDesk slow = desk();
    assertThat(slow.looked(LetterPlace.parse(ORDER.place()).orElseThrow()).refusal(false))
        .isEmpty();

    // when: another one sends it meanwhile
    LetterReplay sent = desk().send(ORDER, "anna");

    // then
    assertThat(sent.getReplayedBy()).isEqualTo("anna");
    try (LetterWriter writer = LetterWriter.begin(broker.client(), broker.serdes())) {
      assertThatThrownBy(() -> slow.send(ORDER, "bert", writer))
          .isInstanceOf(OrderRefusedException.class)
          .hasMessageContaining("anna");
    }
    assertThat(intents()).hasSize(1);
  }
}
