package io.quantumtrader.replay.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.replay.compare.Comparison;
import io.quantumtrader.replay.compare.VariantRun;
import io.quantumtrader.replay.result.EquityPoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comparison as one page that needs nothing else: styles, data and the charting library (uPlot,
 * MIT licence) are inside.
 */
public final class HtmlReport {

  private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Enough for a line on any screen. */
  private static final int MOST_POINTS = 1_500;

  private static final double MILLIS = 1_000;
  private static final double MICRO = 1e6;

  private HtmlReport() {}

  /**
   * Returns the page.
   *
   * @param title what was run, in a few words
   * @param head lines that say more about it
   */
  public static String of(String title, List<String> head, Comparison comparison) {
    ReportTables tables = new ReportTables(comparison);
    StringBuilder lines = new StringBuilder();
    head.forEach(line -> lines.append(Html.paragraph(line)));
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("title", Html.text(title));
    parts.put("head", Html.paragraph(title) + lines);
    parts.put("variants", tables.variants());
    parts.put("changes", tables.changes());
    parts.put("closes", tables.closes());
    parts.put("regimes", tables.regimes());
    parts.put("symbols", tables.symbols());
    parts.put("curves", Html.json(curves(comparison).toString()));
    parts.put("chart-style", resource(CHARTS + "uPlot.min.css"));
    parts.put("chart-script", resource(CHARTS + "uPlot.iife.min.js"));
    return PLACE
        .matcher(resource("report.html"))
        .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the class path has no " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArrayNode curves(Comparison comparison) {
    ArrayNode curves = JSON.createArrayNode();
    for (VariantRun run : comparison.runs()) {
      List<EquityPoint> points = run.results().curve().thinned(MOST_POINTS).points();
      ObjectNode curve = curves.addObject();
      curve.put("name", run.variant().name());
      put(curve.putArray("at"), points, point -> point.atMs() / MILLIS);
      put(curve.putArray("equity"), points, EquityPoint::equity);
      put(curve.putArray("drawdown"), points, point -> 100 * point.drawdown());
      put(curve.putArray("exposure"), points, point -> 100 * point.exposure());
      put(curve.putArray("heat"), points, EquityPoint::heat);
    }
    return curves;
  }

  private static void put(
      ArrayNode into, List<EquityPoint> points, ToDoubleFunction<EquityPoint> value) {
    for (EquityPoint point : points) {
      into.add(Math.rint(value.applyAsDouble(point) * MICRO) / MICRO);
    }
  }
}
