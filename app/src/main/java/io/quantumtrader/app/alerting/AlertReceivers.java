package io.quantumtrader.app.alerting;

import io.quantumtrader.app.cli.CommandFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * To whom alerts go, as the environment says. A receiver is on as soon as one of its variables is
 * set, and then all that it needs must be.
 *
 * @param webhook what is called with each message; empty where it is off
 * @param mail where mail goes; empty where it is off
 * @param telegram the chat that is written to; empty where it is off
 * @param runbook what a section of the runbook begins with in messages: an address, or empty for
 *     its place in the project
 */
public record AlertReceivers(
    Optional<String> webhook, Optional<Mail> mail, Optional<Telegram> telegram, String runbook) {

  static final String WEBHOOK_URL = "QUANTUM_ALERT_WEBHOOK_URL";
  static final String MAIL_TO = "QUANTUM_ALERT_MAIL_TO";
  static final String MAIL_FROM = "QUANTUM_ALERT_MAIL_FROM";
  static final String MAIL_SERVER = "QUANTUM_ALERT_MAIL_SERVER";
  static final String MAIL_USER = "QUANTUM_ALERT_MAIL_USER";
  static final String MAIL_PASSWORD = "QUANTUM_ALERT_MAIL_PASSWORD";
  static final String MAIL_TLS = "QUANTUM_ALERT_MAIL_TLS";
  static final String TELEGRAM_TOKEN = "QUANTUM_ALERT_TELEGRAM_TOKEN";
  static final String TELEGRAM_CHAT = "QUANTUM_ALERT_TELEGRAM_CHAT";
  static final String TELEGRAM_URL = "QUANTUM_ALERT_TELEGRAM_URL";
  static final String RUNBOOK_URL = "QUANTUM_ALERT_RUNBOOK_URL";

  /** Every variable that is read. */
  public static final Set<String> VARIABLES =
      Set.of(
          WEBHOOK_URL,
          MAIL_TO,
          MAIL_FROM,
          MAIL_SERVER,
          MAIL_USER,
          MAIL_PASSWORD,
          MAIL_TLS,
          TELEGRAM_TOKEN,
          TELEGRAM_CHAT,
          TELEGRAM_URL,
          RUNBOOK_URL);

  private static final String TELEGRAM = "https://api.telegram.org";
  private static final Pattern ADDRESS = Pattern.compile("[^\\s@,{}<>]+@[^\\s@,{}<>]+");
  private static final Pattern SERVER =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9a-fA-F:]+]):([1-9]\\d{0,4})");
  private static final Pattern TOKEN = Pattern.compile("\\d+:[A-Za-z0-9_-]+");
  private static final Pattern CHAT = Pattern.compile("-?[1-9]\\d{0,17}");
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Mail.
   *
   * @param to addresses, one at least
   * @param from address of the sender
   * @param server host and port of the mail server
   * @param login name and password there; empty where it asks for none
   * @param tls whether nothing is sent unencrypted
   */
  public record Mail(
      List<String> to, String from, String server, Optional<Login> login, boolean tls) {}

  /**
   * Who one is to a mail server.
   *
   * @param user name
   * @param password secret
   */
  public record Login(String user, String password) {

    @Override
    public String toString() {
      return user;
    }
  }

  /**
   * A chat of Telegram.
   *
   * @param token secret of the bot that writes
   * @param chat number of the chat; below 0 for a group
   * @param url address of the bot interface
   */
  public record Telegram(String token, long chat, String url) {

    @Override
    public String toString() {
      return "chat " + chat;
    }
  }

  /**
   * Returns the receivers of an environment. A variable that is blank counts as not set.
   *
   * @throws CommandFailure with exit code 2 if a receiver is half set, or a value cannot be one; no
   *     secret is in its message
   */
  public static AlertReceivers of(Map<String, String> environment) {
    Reading read = new Reading(environment);
    Optional<String> webhook = read.get(WEBHOOK_URL).map(url -> url(WEBHOOK_URL, url));
    return new AlertReceivers(webhook, mail(read), telegram(read), runbook(read));
  }

  /** Returns what is on, in words; empty where nothing is. */
  public List<String> on() {
    List<String> on = new ArrayList<>();
    webhook.ifPresent(url -> on.add("webhook"));
    mail.ifPresent(to -> on.add("mail"));
    telegram.ifPresent(to -> on.add("Telegram"));
    return on;
  }

  private static Optional<Mail> mail(Reading read) {
    if (!read.any(MAIL_TO, MAIL_FROM, MAIL_SERVER, MAIL_USER, MAIL_PASSWORD)) {
      return Optional.empty();
    }
    read.requireAll("mail", MAIL_TO, MAIL_FROM, MAIL_SERVER);
    if (read.any(MAIL_USER, MAIL_PASSWORD)) {
      read.requireAll("the login at the mail server", MAIL_USER, MAIL_PASSWORD);
    }
    List<String> to = new ArrayList<>();
    for (String one : read.want(MAIL_TO).split(",", -1)) {
      to.add(checked(MAIL_TO, one.strip(), ADDRESS, "addresses like ann@example.org, with commas"));
    }
    String server =
        checked(
            MAIL_SERVER, read.want(MAIL_SERVER), SERVER, "HOST:PORT, like mail.example.org:587");
    if (Integer.parseInt(server.substring(server.lastIndexOf(':') + 1)) > HIGHEST_PORT) {
      throw wrong(MAIL_SERVER, "HOST:PORT, like mail.example.org:587");
    }
    String tls = read.get(MAIL_TLS).orElse("true");
    if (!tls.equals("true") && !tls.equals("false")) {
      throw wrong(MAIL_TLS, "true or false");
    }
    return Optional.of(
        new Mail(
            to,
            checked(MAIL_FROM, read.want(MAIL_FROM), ADDRESS, "an address like bot@example.org"),
            server,
            read.get(MAIL_USER).map(user -> new Login(user, read.want(MAIL_PASSWORD))),
            tls.equals("true")));
  }

  private static Optional<Telegram> telegram(Reading read) {
    if (!read.any(TELEGRAM_TOKEN, TELEGRAM_CHAT)) {
      return Optional.empty();
    }
    read.requireAll("Telegram", TELEGRAM_TOKEN, TELEGRAM_CHAT);
    String form = "the number of a chat, like -1001234567890";
    return Optional.of(
        new Telegram(
            checked(
                TELEGRAM_TOKEN, read.want(TELEGRAM_TOKEN), TOKEN, "what BotFather gave, N:TEXT"),
            Long.parseLong(checked(TELEGRAM_CHAT, read.want(TELEGRAM_CHAT), CHAT, form)),
            url(TELEGRAM_URL, read.get(TELEGRAM_URL).orElse(TELEGRAM))));
  }

  /** What follows is the place in the project, docs/runbook.md#section. */
  private static String runbook(Reading read) {
    return read.get(RUNBOOK_URL)
        .map(given -> url(RUNBOOK_URL, given))
        .map(url -> url.endsWith("/") ? url : url + "/")
        .orElse("");
  }

  private static String url(String variable, String given) {
    try {
      URI uri = new URI(given);
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return given;
      }
    } catch (URISyntaxException notOne) {
      // Told below, without the value: it may hold a secret.
    }
    throw wrong(variable, "an address that begins with http:// or https://");
  }

  private static String checked(String variable, String value, Pattern form, String what) {
    if (!form.matcher(value).matches()) {
      throw wrong(variable, what);
    }
    return value;
  }

  private static CommandFailure wrong(String variable, String what) {
    return new CommandFailure(2, variable + " must be " + what, null);
  }

  /** The environment, blank counted as not set. */
  private record Reading(Map<String, String> environment) {

    Optional<String> get(String variable) {
      return Optional.ofNullable(environment.get(variable))
          .map(String::strip)
          .filter(value -> !value.isEmpty());
    }

    String want(String variable) {
      return get(variable).orElseThrow();
    }

    boolean any(String... variables) {
      return List.of(variables).stream().anyMatch(one -> get(one).isPresent());
    }

    void requireAll(String receiver, String... variables) {
      List<String> missing = List.of(variables).stream().filter(one -> get(one).isEmpty()).toList();
      if (!missing.isEmpty()) {
        throw new CommandFailure(
            2,
            "%s is half set: set %s too, or none of its variables"
                .formatted(receiver, String.join(" and ", missing)),
            null);
      }
    }
  }
}
