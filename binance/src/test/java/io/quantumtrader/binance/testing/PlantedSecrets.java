package io.quantumtrader.binance.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * Secrets that a test has planted, and everything that is logged from then on: what is said
 * anywhere is looked through for them, in each form in which they could be said.
 */
public final class PlantedSecrets implements AutoCloseable {

  private static final String OURS = "io.quantumtrader";

  private final Set<String> forms = new LinkedHashSet<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(OURS);
  private final Level before = logger.getLevel();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  /** Begins to listen to all that this project logs. */
  public PlantedSecrets(String... secrets) {
    for (String secret : secrets) {
      add(secret);
    }
    logged.start();
    logger.setLevel(Level.TRACE);
    logger.addAppender(logged);
    // All of it on the screen would hide what else is said there.
    logger.setAdditive(false);
  }

  /** Takes one more, as it stands, url-encoded, in base64 and in hexadecimal digits. */
  public void add(String secret) {
    byte[] bytes = secret.getBytes(UTF_8);
    forms.add(secret);
    forms.add(URLEncoder.encode(secret, UTF_8));
    forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    forms.add(HexFormat.of().formatHex(bytes));
  }

  /** Takes a private key: each line of its PEM, and the bytes of the key itself. */
  public void addPem(String pem) {
    StringBuilder body = new StringBuilder();
    pem.lines().filter(line -> !line.startsWith("-----")).forEach(body::append);
    add(body.toString());
    byte[] der = Base64.getDecoder().decode(body.toString());
    // The last 32 bytes of PKCS#8 are the key.
    byte[] seed = Arrays.copyOfRange(der, der.length - 32, der.length);
    forms.add(Base64.getEncoder().withoutPadding().encodeToString(seed));
    forms.add(HexFormat.of().formatHex(seed));
  }

  /** Returns what was logged until now: messages, and those of what was thrown. */
  public String logs() {
    StringBuilder said = new StringBuilder();
    for (ILoggingEvent event : List.copyOf(logged.list)) {
      said.append(event.getFormattedMessage()).append('\n');
      for (IThrowableProxy e = event.getThrowableProxy(); e != null; e = e.getCause()) {
        said.append(e.getMessage()).append('\n');
      }
    }
    return said.toString();
  }

  /** Fails where one of them, or a signature, is in a text, or in what was logged. */
  public void assertAbsent(String where, String text) {
    List<String> found = new ArrayList<>();
    for (String form : forms) {
      if (text.contains(form)) {
        found.add(form);
      }
    }
    assertThat(found).as("secrets in %s", where).isEmpty();
    assertThat(text).as(where).doesNotContainPattern("signature=(?!\\*{3})");
  }

  /** Fails where one of them is in what was logged. */
  public void assertNotLogged() {
    assertAbsent("the logs", logs());
  }

  @Override
  public void close() {
    logger.setAdditive(true);
    logger.detachAppender(logged);
    logger.setLevel(before);
  }
}
