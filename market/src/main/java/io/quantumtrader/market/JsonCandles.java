package io.quantumtrader.market;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows of JSON: lists of time, open, high, low, close, volume as ccxt and freqtrade write them,
 * objects that name them, either of them in a list, under the name of their symbol, or one on each
 * line.
 */
final class JsonCandles {

  // Writers in Python put NaN where a value is missing: that spoils a row and not the file.
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /** Names under which interfaces hand out their rows. */
  private static final Set<String> WRAPPERS =
      Set.of("data", "candles", "klines", "ohlcv", "rows", "list", "result");

  private static final CandleLayout LISTS = CandleLayout.lists();

  private final CandleSource source;
  private final CandleRows rows;
  private final CandleRowParser parser;
  private final CsvCandles.LineReached progress;
  private List<String> names = List.of();
  private CandleLayout named;
  private long line;
  private long row;

  private JsonCandles(CandleSource source, CandleRows rows, CsvCandles.LineReached progress) {
    this.source = source;
    this.rows = rows;
    this.parser = CandleRowParser.ofJson(source);
    this.progress = progress;
  }

  /** Returns whether what begins like this is JSON. */
  static boolean looksLike(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading();
    return text.startsWith("[") || text.startsWith("{");
  }

  /**
   * Reads a source to its end.
   *
   * @param head its first bytes, which tell whether each line is a row of its own
   * @param progress hears the line that was reached
   */
  static void read(
      CandleSource source,
      InputStream bytes,
      byte[] head,
      CandleRows rows,
      CsvCandles.LineReached progress)
      throws IOException {
    JsonCandles candles = new JsonCandles(source, rows, progress);
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    skipMark(reader);
    if (isRowOfItsOwn(head)) {
      candles.readLines(reader);
    } else {
      try (JsonParser json = JSON.createParser(reader)) {
        candles.readDocument(json);
      } catch (JsonProcessingException e) {
        throw new CandleFileException(
            "%s breaks off or is damaged after line %d: %s"
                .formatted(source.shown(), e.getLocation().getLineNr(), reason(e)),
            e);
      }
    }
  }

  private static void skipMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
  }

  /** A line that is a list of values, or an object of them, and nothing more. */
  private static boolean isRowOfItsOwn(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8).replace("\uFEFF", "").strip();
    String first = text.lines().findFirst().orElse("").strip();
    boolean flat = first.indexOf('[', 1) < 0 && first.indexOf('{', 1) < 0;
    boolean whole =
        (first.startsWith("[") && first.endsWith("]"))
            || (first.startsWith("{") && first.endsWith("}"));
    return flat && whole && first.length() > 2;
  }

  private void readLines(BufferedReader reader) throws IOException {
    String text;
    while ((text = reader.readLine()) != null) {
      line++;
      progress.at(line);
      if (!text.isBlank()) {
        long before = rows.count() + rows.rejectedCount();
        try (JsonParser json = JSON.createParser(text)) {
          readDocument(json);
        } catch (JsonProcessingException e) {
          rows.reject(source, line, "", "is no JSON: " + reason(e));
          continue;
        }
        if (rows.count() + rows.rejectedCount() == before) {
          rows.reject(source, line, "", "holds no candle");
        }
      }
    }
  }

  private static String reason(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
  }

  private void readDocument(JsonParser json) throws IOException {
    while (json.nextToken() != null) {
      readValue(json, source.name().symbol().orElse(""));
    }
  }

  /** Reads rows, or one, whose symbol may be known from around them. */
  private void readValue(JsonParser json, String symbol) throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      readObject(json, symbol);
    } else if (json.currentToken() == JsonToken.START_ARRAY) {
      readArray(json, symbol);
    }
  }

  private void readArray(JsonParser json, String symbol) throws IOException {
    List<String> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == null) {
        return;
      }
      if (json.currentToken().isScalarValue()) {
        values.add(text(json));
      } else {
        readValue(json, symbol);
      }
    }
    if (!values.isEmpty()) {
      take(LISTS, values, symbol, json);
    }
  }

  private void readObject(JsonParser json, String symbol) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    boolean holdsRows = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value.isScalarValue()) {
        values.put(name, text(json));
      } else if (WRAPPERS.contains(name) || ArchiveName.symbolOf(name).isPresent()) {
        holdsRows = true;
        readValue(json, symbolOf(name, values, symbol));
      } else {
        json.skipChildren();
      }
    }
    if (!holdsRows && !values.isEmpty()) {
      takeObject(values, symbol, json);
    }
  }

  private static String symbolOf(String name, Map<String, String> values, String symbol) {
    return ArchiveName.symbolOf(name)
        .or(() -> ArchiveName.symbolOf(values.getOrDefault("symbol", "")))
        .orElse(symbol);
  }

  private void takeObject(Map<String, String> values, String symbol, JsonParser json) {
    List<String> header = List.copyOf(values.keySet());
    if (named == null || !header.equals(names)) {
      if (values.containsKey("action") && !values.containsKey("open")) {
        throw new NoCandlesException(
            source.shown() + " holds trade intents and no candles; give it with --intents");
      }
      try {
        named = CandleLayout.named(header);
        names = header;
      } catch (IllegalArgumentException e) {
        row++;
        reject(json, "", e.getMessage().replace("the header must be", "names must be"));
        return;
      }
    }
    take(named, List.copyOf(values.values()), symbol, json);
  }

  private void take(CandleLayout layout, List<String> values, String symbol, JsonParser json) {
    row++;
    if (!layout.hasSymbol() && symbol.isEmpty()) {
      throw new CandleFileException(
          source.shown()
              + " holds rows without a symbol, and its name does not say it: name it as freqtrade"
              + " does, BTC_USDT_USDT-1m-futures.json, or BTCUSDT-1m.json; or give --symbol BTCUSDT");
    }
    try {
      rows.add(parser.parse(layout, values, symbol, lineOf(json)));
    } catch (MalformedValue e) {
      reject(json, e.column(), e.getMessage());
    }
  }

  private void reject(JsonParser json, String column, String reason) {
    rows.reject(source, lineOf(json), column, "row " + row + ": " + reason);
  }

  // Of a line that was read by itself, the parser sees the first.
  private long lineOf(JsonParser json) {
    return Math.max(line, json.currentTokenLocation().getLineNr());
  }

  private static String text(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_NULL ? "" : json.getText();
  }
}
