package io.quantumtrader.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.deadletter.DeadLetter;
import io.quantumtrader.schemas.deadletter.LetterReader;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;

/** Writes what the agent decided. Nothing is certain before {@link #flush}. */
final class AgentOutput implements AutoCloseable {

  private final Producer<byte[], byte[]> producer;
  private final Serializer<TradeIntent> serializer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private boolean unflushed;

  AgentOutput(Producer<byte[], byte[]> producer, RecordSerdes serdes) {
    this.producer = producer;
    this.serializer = serdes.of(TradeIntent.class).serializer();
  }

  void intent(TradeIntent intent) {
    // Behind the clock record that it answers: a stage that finds both takes the clock first.
    long timeMs = intent.getCreatedAtMs() + 1;
    String topic = Topic.TRADE_INTENT.topicName();
    send(
        new ProducerRecord<>(
            topic,
            null,
            timeMs,
            intent.getAccount().getBytes(UTF_8),
            serializer.serialize(topic, intent)));
  }

  void deadLetter(ConsumerRecord<byte[], byte[]> taken, Exception why) {
    send(
        DeadLetter.of(
            LetterReader.AGENT,
            taken.key(),
            taken.value(),
            taken.topic(),
            taken.partition(),
            taken.offset(),
            why));
  }

  /**
   * Waits until everything written is in the log.
   *
   * @throws KafkaException where a record was not taken
   */
  void flush() {
    if (!unflushed) {
      return;
    }
    producer.flush();
    Exception refused = failure.get();
    if (refused != null) {
      throw new KafkaException("the agent could not write", refused);
    }
    unflushed = false;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback hears of the failure.
  private void send(ProducerRecord<byte[], byte[]> outgoing) {
    unflushed = true;
    producer.send(
        outgoing,
        (taken, refused) -> {
          if (refused != null) {
            failure.compareAndSet(null, refused);
          }
        });
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
