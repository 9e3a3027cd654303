package io.quantumtrader.app.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Where a command talks to people: standard error, so that standard output holds data alone. On a
 * terminal it uses colour and rewrites one status line; elsewhere it prints plain lines.
 */
public final class Screen {

  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final boolean terminal;
  private boolean statusShown;

  private Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Returns the screen of this process. The launcher knows whether standard error is a terminal and
   * says so in the system property `quantum.terminal`; NO_COLOR is honoured.
   */
  public static Screen ofProcess() {
    boolean terminal = Boolean.getBoolean("quantum.terminal") && System.getenv("NO_COLOR") == null;
    return new Screen(System.err, terminal);
  }

  /** Returns a screen on any stream, for tests and pipes: no colour, no rewriting. */
  public static Screen plain(PrintStream out) {
    return new Screen(out, false);
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
    out.print(CLEAR_LINE + text);
    out.flush();
    statusShown = true;
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
      out.print(CLEAR_LINE);
      statusShown = false;
    }
  }
}
