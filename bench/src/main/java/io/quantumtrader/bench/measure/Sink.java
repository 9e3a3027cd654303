package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.Effort;
import io.quantumtrader.bench.Measurement;
import io.quantumtrader.bench.report.Figure;
import io.quantumtrader.bench.run.BenchStack;
import io.quantumtrader.bench.run.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** (g) The Redis sink beside a writer by hand. */
public final class Sink implements Measurement {

  private static final String TOPIC = "t";
  private static final int DELIVERY = 500;
  private static final int SYMBOLS = 200;

  private static final List<String> TEXTS = List.of("symbol", "side", "plan");
  private static final List<String> NUMBERS = List.of("quantity", "price", "sigma");
  private static final Schema SCHEMA = schema();

  /** Creates it. */
  public Sink() {}

  @Override
  public String name() {
    return "sink";
  }

  @Override
  public String covers() {
    return "g";
  }

  @Override
  public String explanation() {
    return """
        The Redis sink's task, handed 500 records at a time as by Connect, beside the same client \
        library used by hand: the same commands for the same records of seven fields, flushed once \
        for each delivery, on one Redis, in turn. The sink also reads its mapping, and writes in a \
        transaction how far it is. For the sink, *the loop* is the writer by hand.""";
  }

  @Override
  public List<Figure> run(Effort effort, Consumer<String> progress) {
    progress.accept("starting");
    Series series = new Series();
    try (BenchStack stack = BenchStack.start(false, System.currentTimeMillis())) {
      for (boolean stream : new boolean[] {false, true}) {
        measure(effort, progress, stack.redisUri(), stream, series);
      }
    }
    return series.figures();
  }

  private static void measure(
      Effort effort, Consumer<String> progress, String redis, boolean stream, Series series) {
    String command = stream ? "XADD" : "HSET";
    String id = "sink." + command.toLowerCase(java.util.Locale.ROOT);
    int count = effort.size(40_000, DELIVERY);
    try (SinkWriters.Writer task = SinkWriters.task(settings(redis, stream));
        SinkWriters.Writer hand = SinkWriters.byHand(redis, "hand:", stream)) {
      for (int round = -effort.warmUp(); round < effort.rounds(); round++) {
        progress.accept(command + (round < 0 ? ", warm-up" : ", round " + (round + 1)));
        List<SinkRecord> records = records((long) (round + effort.warmUp()) * count, count);
        boolean handFirst = Math.floorMod(round, 2) == 1;
        double first = rate(records, handFirst ? hand : task);
        double second = rate(records, handFirst ? task : hand);
        if (round >= 0) {
          add(series, id, command, handFirst ? second : first, handFirst ? first : second);
        }
      }
    }
  }

  private static void add(Series series, String id, String command, double task, double hand) {
    series.add(id + ".rate", command + ", sink", "records/s", id + ".hand.rate", task);
    series.add(id + ".hand.rate", command + ", by hand", "records/s", hand);
  }

  private static double rate(List<SinkRecord> records, SinkWriters.Writer writer) {
    long begin = System.nanoTime();
    for (int from = 0; from < records.size(); from += DELIVERY) {
      writer.accept(records.subList(from, Math.min(records.size(), from + DELIVERY)));
    }
    return records.size() * 1e9 / (System.nanoTime() - begin);
  }

  private static Map<String, String> settings(String redis, boolean stream) {
    List<String> fields = new ArrayList<>();
    SCHEMA
        .fields()
        .forEach(
            field ->
                fields.add(
                    "{\"name\": \"%1$s\", \"value\": \"value.%1$s\"}".formatted(field.name())));
    String head =
        stream
            ? "\"command\": \"XADD\", \"key\": \"s\", \"maxlen\": 10000"
            : "\"command\": \"HSET\", \"key\": \"h:${value.symbol}\", \"replace\": false";
    return Map.of(
        "name",
        "bench-" + (stream ? "xadd" : "hset"),
        "topics",
        TOPIC,
        "redis.uri",
        redis,
        "key.prefix",
        "sink:",
        "mapping",
        "{\"topics\": {\"%s\": {\"tombstone\": \"ignore\", \"commands\": [{%s, \"fields\": [%s]}]}}}"
            .formatted(TOPIC, head, String.join(", ", fields)));
  }

  private static Schema schema() {
    SchemaBuilder builder = SchemaBuilder.struct();
    TEXTS.forEach(name -> builder.field(name, Schema.STRING_SCHEMA));
    NUMBERS.forEach(name -> builder.field(name, Schema.FLOAT64_SCHEMA));
    return builder.field("time", Schema.INT64_SCHEMA).build();
  }

  private static List<SinkRecord> records(long firstOffset, int count) {
    List<SinkRecord> records = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Struct value = new Struct(SCHEMA).put("time", 1_763_553_600_000L + i);
      value.put("symbol", Sample.symbol(i % SYMBOLS)).put("side", i % 2 == 0 ? "BUY" : "SELL");
      value.put("plan", "a1b2c3d4e5f6" + i).put("quantity", i * 0.001);
      value.put("price", 40_000 + i * 0.25).put("sigma", 0.01 + i * 1e-7);
      records.add(
          new SinkRecord(
              TOPIC,
              0,
              Schema.STRING_SCHEMA,
              "k",
              SCHEMA,
              value,
              firstOffset + i,
              0L,
              TimestampType.CREATE_TIME));
    }
    return records;
  }
}
