package io.quantumtrader.console.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files of the page, out of the class path: just those that are named here. */
final class PageFiles {

  private static final String OWN = "/io/quantumtrader/console/page/";
  private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private final Map<String, PageFile> files = new TreeMap<>();

  /**
   * A file.
   *
   * @param type media type
   * @param body its bytes
   * @param tag changes with them
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares files
  record PageFile(String type, byte[] body, String tag) {}

  /** Reads them all: a page that is not whole should fail at the start, not at night. */
  PageFiles() {
    put("/", "text/html; charset=utf-8", OWN + "index.html");
    put("/page/style.css", STYLE, OWN + "style.css");
    put("/page/icon.svg", "image/svg+xml", OWN + "icon.svg");
    for (String script :
        new String[] {
          "main",
          "state",
          "format",
          "dom",
          "overview",
          "pipeline",
          "positions",
          "charts",
          "drawing",
          "csv",
          "decisions",
          "desk",
          "trades",
          "market",
          "records",
          "scheduled",
          "orders",
          "why"
        }) {
      put("/page/" + script + ".js", SCRIPT, OWN + script + ".js");
    }
    put("/page/uplot.js", SCRIPT, CHARTS + "uPlot.iife.min.js");
    put("/page/uplot.css", STYLE, CHARTS + "uPlot.min.css");
  }

  private void put(String path, String type, String resource) {
    byte[] body = read(resource);
    files.put(path, new PageFile(type, body, '"' + digest(body) + '"'));
  }

  /** Returns the file at a path. */
  Optional<PageFile> at(String path) {
    return Optional.ofNullable(files.get(path));
  }

  private static byte[] read(String resource) {
    try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the class path has no " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
