package io.quantumtrader.schemas.docs;

import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Locale;
import org.apache.avro.Schema;

/** The topic catalog, as {@code docs/topics.md}. */
public final class TopicsPage {

  private TopicsPage() {}

  /** Returns the page as it should be. */
  public static GeneratedPage page() {
    StringBuilder text = new StringBuilder();
    text.append("| topic | key | value | partitions | cleanup | what it carries |\n")
        .append("|---|---|---|---|---|---|\n");
    for (Topic topic : Topic.values()) {
      text.append("| `")
          .append(topic.topicName())
          .append("` | ")
          .append(GeneratedPage.cell(topic.keyMeaning()))
          .append(" | ")
          .append(topic.valueSchema().map(Schema::getName).orElse("bytes"))
          .append(" | ")
          .append(PartitionCounts.DEFAULT.of(topic.group()))
          .append(" (")
          .append(topic.group().name().toLowerCase(Locale.ROOT))
          .append(") | ")
          .append(topic.cleanup().policy())
          .append(topic.keepsHistory() ? ", all records kept" : "")
          .append(" | ")
          .append(GeneratedPage.cell(topic.valueSchema().map(Schema::getDoc).orElse(RAW)))
          .append(" |\n");
    }
    text.append(
        """

        Keys are plain UTF-8 text; values are Avro in the registry's wire format, under the subject
        `<topic>-value`. Partition counts are the defaults of each group; all topics of one group
        need the same count. Topics of the account group are partitioned by the account alone.
        Where all records are kept, `min.compaction.lag.ms` is as large as it can be, so that
        compaction leaves every version there; on a topic made before that, the registration step
        reports the difference, and what was compacted away is gone.
        """);
    return new GeneratedPage("topics.md", "Topics", text.toString());
  }

  private static final String RAW =
      "A record that could not be processed, as it was, with headers that say why.";
}
