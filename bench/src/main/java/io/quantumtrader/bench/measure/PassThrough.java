package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.run.BenchStack;
import io.quantumtrader.bench.run.Pipeline;
import io.quantumtrader.bench.run.Waiting;
import io.quantumtrader.topology.Tuning;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;

/**
 * (b) A Streams application with the settings of the pipeline, exactly once, that hands bytes from
 * one topic to another and does nothing else.
 */
final class PassThrough {

  /** The topic that it reads. */
  static final String FROM = "pass-from";

  private static final String TO = "pass-to";
  private static final short ONE_REPLICA = 1;

  private PassThrough() {}

  /** Creates both topics and starts the application. */
  static Pipeline start(BenchStack stack, int partitions, Tuning tuning) {
    Waiting.answer(
        stack
            .admin()
            .createTopics(
                List.of(
                    new NewTopic(FROM, partitions, ONE_REPLICA),
                    new NewTopic(TO, partitions, ONE_REPLICA)))
            .all());
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            FROM,
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withTimestampExtractor(new WallclockTimestampExtractor())
                .withName("pass-source"))
        .to(TO, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("pass-sink"));
    String id = "bench-pass";
    return Pipeline.start(builder.build(), Pipeline.settings(stack, id, tuning), id);
  }
}
