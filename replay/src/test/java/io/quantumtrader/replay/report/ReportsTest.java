package io.quantumtrader.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.replay.compare.Comparison;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReportsTest {

  @Test
  void shouldKeepTheTableWithinEightyColumnsAndLoseNothing() {
    List<String> lines = TextReport.lines(Comparisons.some());

    assertThat(lines).allMatch(line -> line.length() <= 80);
    assertThat(String.join(" ", lines).replaceAll(" +", " "))
        .contains("base", "1 of 1 inputs decided differently", "maxPositions: 10 -> 3")
        .contains("CHURN_COOLDOWN -> PERMIT_GRANTED");
    assertThat(String.join("", lines).replace(" ", "")).contains(Comparisons.EVIL.replace(" ", ""));
  }

  @Test
  void shouldBreakALongLineAtBlanksAndIndentWhatFollows() {
    assertThat(TextReport.broken("  " + "word ".repeat(20).strip()))
        .containsExactly("  " + "word ".repeat(15).strip(), "    " + "word ".repeat(5).strip());
    assertThat(TextReport.broken("x".repeat(90)))
        .containsExactly("x".repeat(80), "  " + "x".repeat(10));
  }

  @Test
  void shouldWriteEveryFigureAsJson() {
    ObjectNode json = JsonReport.of(Comparisons.some());

    JsonNode base = json.get("variants").get(0);
    JsonNode other = json.get("variants").get(1);
    assertThat(base.get("name").asText()).isEqualTo("base");
    assertThat(base.get("netProfit").asText()).isEqualTo("99");
    assertThat(base.get("winRate").asDouble()).isEqualTo(1);
    assertThat(base.get("profitFactor").isNull()).isTrue();
    assertThat(base.has("changed")).isFalse();
    assertThat(base.get("bySymbol").get("BTCUSDT").get("averageR").asDouble()).isEqualTo(9.9);
    assertThat(other.get("thresholds").get("maxPositions").get("after").asText()).isEqualTo("3");
    assertThat(other.get("changed").get("groups").get(0).get("examples").get(0).get("after"))
        .asString()
        .contains("PERMIT_GRANTED");
  }

  @Test
  void shouldPutEverythingIntoOnePageThatNoNameCanBreak() throws Exception {
    Comparison comparison = Comparisons.some();

    String page = HtmlReport.of("title " + Comparisons.EVIL, List.of("line"), comparison);

    assertThat(page)
        .contains("<title>What if: title &lt;/script&gt;")
        .contains("uPlot", "CHURN_COOLDOWN", "maxPositions: 10 -&gt; 3", "not known", "STOP_HIT")
        .doesNotContain(Comparisons.EVIL, "{{")
        .doesNotContainPattern("(?i)<(link|img|iframe)|src=|@import|url\\(");
    assertThat(page.split("</script>", -1)).hasSize(4);
    String curves =
        page.substring(
            page.indexOf("id=\"curves\">") + 12,
            page.indexOf("</script>", page.indexOf("id=\"curves\">")));
    assertThat(curves).doesNotContain("<", ">", "&");
    JsonNode data = new ObjectMapper().readTree(curves);
    assertThat(data.get(1).get("name").asText()).isEqualTo(Comparisons.EVIL);
    assertThat(data.get(0).get("equity")).hasSize(1_500);
  }
}
