package io.quantumtrader.app.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.console.letter.LetterRow;
import io.quantumtrader.console.letter.Letters;
import io.quantumtrader.console.letter.ReplayCheck;
import io.quantumtrader.console.letter.ReplayOrder;
import io.quantumtrader.console.order.OrderRefusedException;
import io.quantumtrader.console.view.DeadLetterRow;
import io.quantumtrader.console.view.DeadLetterView;
import io.quantumtrader.console.view.DeadLetterView.Replays;
import io.quantumtrader.schemas.avro.LetterReplay;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.deadletter.Letter;
import io.quantumtrader.schemas.deadletter.LetterPlace;
import io.quantumtrader.schemas.registry.RegistryUnavailableException;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;

/**
 * Looks at dead letters on a broker and sends their records again: one way for command and page.
 */
public final class LetterDesk implements Letters {

  private final Map<String, Object> client;
  private final RecordSerdes serdes;
  private final LetterTopic topic;
  private final LongSupplier clockMs;
  private final Function<String, Policy> policyOf;

  /**
   * Creates it; nothing is connected yet.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param clockMs the pipeline's clock, epoch milliseconds UTC; 0: not known
   * @param policyOf policy that holds for an account
   */
  public LetterDesk(
      Map<String, Object> client,
      RecordSerdes serdes,
      LongSupplier clockMs,
      Function<String, Policy> policyOf) {
    this.client = Map.copyOf(client);
    this.serdes = serdes;
    this.topic = new LetterTopic(client, serdes);
    this.clockMs = clockMs;
    this.policyOf = policyOf;
  }

  /**
   * A letter that was looked at.
   *
   * @param record the letter as it lies on its topic
   * @param read what it says
   * @param value its record, where that can be read
   * @param unreadable why it cannot be read; empty where it can
   * @param refused why it is not sent again; empty where it may be, if only since it is asked for
   */
  record Looked(
      ConsumerRecord<byte[], byte[]> record,
      Letter read,
      Optional<SpecificRecord> value,
      Optional<String> unreadable,
      Optional<String> refused) {

    /** Returns why it is not sent again as it was asked for; empty where it is. */
    Optional<String> refusal(boolean evenIfUnreadable) {
      return refused.or(
          () -> unreadable.filter(why -> !evenIfUnreadable).map(ReplayCheck::unreadable));
    }
  }

  @Override
  public LetterRow look(LetterPlace place) {
    try {
      Replays replays = topic.replays();
      Looked looked = looked(place, replays);
      return new LetterRow(
          DeadLetterView.row(LetterTopic.asBookRecord(looked.record()), replays),
          headers(looked.record()),
          LetterValue.kind(looked.value(), looked.record().value()),
          LetterValue.text(looked.value(), looked.record().value()),
          looked.refusal(false).orElse(""),
          looked.refused().isEmpty() && looked.unreadable().isPresent(),
          warnings(looked));
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  @Override
  public String replay(ReplayOrder order, String by) {
    LetterReplay sent = send(order, by);
    return "sent again as %d:%d of %s"
        .formatted(sent.getToPartition(), sent.getToOffset(), sent.getTopic());
  }

  /** Does it, and returns what was noted. */
  LetterReplay send(ReplayOrder order, String by) {
    LetterPlace place = LetterPlace.parse(order.place()).orElseThrow();
    try {
      // Refused before anybody else is disturbed, as far as that is known already.
      refuse(looked(place, topic.replays()), order);
      try (LetterWriter writer = LetterWriter.begin(client, serdes)) {
        return send(order, by, writer);
      }
    } catch (LetterWriter.FencedException fenced) {
      throw new OrderRefusedException(fenced.getMessage(), fenced);
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  /** Looks once more, at what was sent again until everybody else was fenced, and sends it. */
  LetterReplay send(ReplayOrder order, String by, LetterWriter writer) {
    Looked looked = looked(LetterPlace.parse(order.place()).orElseThrow(), writer.before());
    refuse(looked, order);
    // The wall clock is right here: an operator acts in it, and nothing decides by this time.
    long nowMs = System.currentTimeMillis();
    return writer.write(looked.record(), looked.read(), order.reason(), by, nowMs);
  }

  private static void refuse(Looked looked, ReplayOrder order) {
    looked
        .refusal(order.evenIfUnreadable())
        .ifPresent(
            why -> {
              throw new OrderRefusedException(why);
            });
  }

  /** Returns the pipeline's clock, epoch milliseconds UTC. */
  long clockMs() {
    return clockMs.getAsLong();
  }

  /**
   * Looks at a letter as it is now.
   *
   * @throws OrderRefusedException if there is none at that place
   * @throws KafkaException if it cannot be read
   */
  Looked looked(LetterPlace place) {
    return looked(place, topic.replays());
  }

  /**
   * Returns the last letters as rows, the oldest first.
   *
   * @param most how many, 1 or more
   * @throws KafkaException if they cannot be read
   */
  List<DeadLetterRow> last(int most) {
    Replays replays = topic.replays();
    List<DeadLetterRow> rows =
        topic.last(most).stream()
            .map(letter -> DeadLetterView.row(LetterTopic.asBookRecord(letter), replays))
            .toList();
    return rows.subList(Math.max(0, rows.size() - most), rows.size());
  }

  /**
   * Looks at a letter.
   *
   * @throws OrderRefusedException if there is none at that place
   * @throws KafkaException if it cannot be read
   */
  Looked looked(LetterPlace place, Replays replays) {
    ConsumerRecord<byte[], byte[]> letter =
        topic
            .at(place)
            .orElseThrow(
                () ->
                    new OrderRefusedException(
                        "there is no dead letter at %s; see ./quantum dead-letters"
                            .formatted(place)));
    Letter read = Letter.of(LetterTopic.asBookRecord(letter).headers());
    Optional<String> refused = ReplayCheck.refusal(read, replays.of(read));
    try {
      Optional<SpecificRecord> value = value(letter, read);
      return new Looked(
          letter,
          read,
          value,
          Optional.empty(),
          refused.or(() -> value.flatMap(v -> ReplayCheck.refusal(letter.key(), v))));
    } catch (RegistryUnavailableException outage) {
      throw outage;
    } catch (SerializationException unreadable) {
      String why = String.valueOf(unreadable.getMessage());
      return new Looked(letter, read, Optional.empty(), Optional.of(why), refused);
    }
  }

  private Optional<SpecificRecord> value(ConsumerRecord<byte[], byte[]> letter, Letter read) {
    return Topic.named(read.topic())
        .flatMap(Topic::valueType)
        .filter(type -> letter.value() != null)
        .map(type -> serdes.of(type).deserializer().deserialize(read.topic(), letter.value()));
  }

  /** Returns what is likely to come of it. */
  List<String> warnings(Looked looked) {
    return looked
        .value()
        .filter(value -> looked.refused().isEmpty())
        .map(
            value ->
                ReplayCheck.warnings(
                    looked.read(),
                    value,
                    clockMs.getAsLong(),
                    policyOf.apply(LetterValue.account(value))))
        .orElse(List.of());
  }

  private static List<LetterRow.HeaderRow> headers(ConsumerRecord<byte[], byte[]> letter) {
    List<LetterRow.HeaderRow> rows = new ArrayList<>();
    for (Header header : letter.headers()) {
      rows.add(
          new LetterRow.HeaderRow(
              header.key(), header.value() == null ? "" : new String(header.value(), UTF_8)));
    }
    return rows;
  }

  private static OrderRefusedException unreachable(KafkaException failure) {
    String why = Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
    return new OrderRefusedException(
        "dead letters cannot be read or sent: " + why.lines().findFirst().orElse(""), failure);
  }
}
