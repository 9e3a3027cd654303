package io.quantumtrader.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTest {

  /** One of everything that a row may have. */
  public record Some(String text, BigDecimal money, Double share, Long count, List<String> list) {}

  private static String row(String text) {
    return Csv.of(Some.class, List.of(new Some(text, null, null, null, List.of())))
        .lines()
        .skip(1)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldWriteAHeadingAndPlainNumbers() {
    List<Some> rows =
        Arrays.asList(
            new Some("a", new BigDecimal("1E+3"), -0.5, 7L, List.of("x", "y")),
            new Some("", new BigDecimal("-1.500"), null, null, List.of()));

    assertThat(Csv.of(Some.class, rows))
        .isEqualTo(
            """
            text,money,share,count,list\r
            a,1000,-0.5,7,"[""x"",""y""]"\r
            "",-1.5,,,[]\r
            """);
    assertThat(Csv.of(Some.class, List.of())).isEqualTo("text,money,share,count,list\r\n");
  }

  /** Senders choose symbols, reasons and names; a spreadsheet would calculate with them. */
  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
  void shouldQuoteWhatASpreadsheetWouldTakeForAFormula(String text) {
    assertThat(row(text)).matches("(?s)\"?'.*");
  }

  @Test
  void shouldLeaveOtherTextsAsTheyAre() {
    assertThat(row("stop = 5")).startsWith("stop = 5,");
    assertThat(row("a,b \"c\"")).startsWith("\"a,b \"\"c\"\"\",");
  }
}
