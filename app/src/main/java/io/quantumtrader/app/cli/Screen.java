package io.quantumtrader.app.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Where a command talks to people: standard error, so that standard output holds data alone. On a
 * terminal it uses colour and rewrites one status line; elsewhere it prints plain lines.
 */
public final class Screen {

  private static final String CLEAR_LINE = "\r\u001b[2K";

  private static final String LINE_UP = "\u001b[1A";

  private static final int COLUMNS = 80;

  private final PrintStream out;
  private final boolean terminal;
  private final int columns;
  private boolean statusShown;

  /** How many lines of what is shown lie above the one where the next character goes. */
  private int linesAbove;

  private Screen(PrintStream out, boolean terminal, int columns) {
    this.out = out;
    this.terminal = terminal;
    this.columns = columns;
  }

  /**
   * Returns the screen of this process. The launcher knows whether standard error is a terminal,
   * and how wide, and says so in the system properties `quantum.terminal` and `quantum.columns`;
   * NO_COLOR is honoured.
   */
  public static Screen ofProcess() {
    boolean terminal = Boolean.getBoolean("quantum.terminal") && System.getenv("NO_COLOR") == null;
    int columns = Integer.getInteger("quantum.columns", COLUMNS);
    return new Screen(System.err, terminal, columns > 0 ? columns : COLUMNS);
  }

  /** Returns a terminal on any stream, for tests. */
  static Screen terminal(PrintStream out, int columns) {
    return new Screen(out, true, columns);
  }

  /** Returns a screen on any stream, for tests and pipes: no colour, no rewriting. */
  public static Screen plain(PrintStream out) {
    return new Screen(out, false, COLUMNS);
  }

  /** Returns how many characters a status may have: a line that is full would scroll. */
  public int width() {
    return columns - 1;
  }

  /** Returns whether the screen may rewrite its status line. */
  public boolean isTerminal() {
    return terminal;
  }

  /** Prints a line that stays. */
  public synchronized void line(String text) {
    clearStatus();
    out.println(text);
    out.flush();
  }

  /** Prints a line about something that is done, with the time it took. */
  public void done(String what, Duration took) {
    line(paint("32", "✓") + " " + what + paint("2", "  " + seconds(took)));
  }

  /** Prints a line about something that did not work. */
  public void failed(String what) {
    line(paint("31", "✗") + " " + what);
  }

  /** Shows a status that the next line or status replaces; off a terminal it is not shown. */
  public synchronized void status(String text) {
    if (!terminal) {
      return;
    }
    clearStatus();
    out.print(CLEAR_LINE + (text.length() > width() ? text.substring(0, width()) : text));
    out.flush();
    statusShown = true;
  }

  /**
   * Shows a block of lines that the next line, status or block replaces; off a terminal it is not
   * shown.
   */
  public synchronized void block(List<String> lines) {
    if (!terminal) {
      return;
    }
    clearStatus();
    for (int index = 0; index < lines.size(); index++) {
      String text = lines.get(index);
      out.print(index == 0 ? "" : "\n");
      out.print(CLEAR_LINE + (text.length() > width() ? text.substring(0, width()) : text));
    }
    out.flush();
    statusShown = !lines.isEmpty();
    linesAbove = Math.max(0, lines.size() - 1);
  }

  /** Takes the status away, so that something else can be printed. */
  public synchronized void clear() {
    clearStatus();
    out.flush();
  }

  /** Returns a duration for people, in seconds with one digit. */
  public static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  private String paint(String code, String text) {
    return terminal ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  private void clearStatus() {
    if (statusShown) {
      out.print((CLEAR_LINE + LINE_UP).repeat(linesAbove) + CLEAR_LINE);
      statusShown = false;
      linesAbove = 0;
    }
  }
}
