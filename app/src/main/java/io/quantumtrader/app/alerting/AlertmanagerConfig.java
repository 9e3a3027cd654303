package io.quantumtrader.app.alerting;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Alertmanager's configuration. Routes, inhibitions and texts stand in files beside this class;
 * receivers are added, as Alertmanager expands no variables by itself. It is understood by
 * Alertmanager 0.25 and what came after.
 *
 * @param alertmanager the configuration; secrets are in it
 * @param messages the templates of the texts
 */
public record AlertmanagerConfig(String alertmanager, String messages) {

  /** The configuration's file. */
  static final String FILE = "alertmanager.yml";

  /** The templates' file, as the configuration names it. */
  static final String MESSAGES = "messages.tmpl";

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * The receivers that the routes name.
   *
   * @param name as the routes name it
   * @param template what of the templates a message is
   * @param resolved whether it is also told when an alert is over
   */
  private record Kind(String name, String template, boolean resolved) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("critical", "quantum.text", true),
          new Kind("warning", "quantum.text", false),
          new Kind("summary", "quantum.summary", false));

  /** Returns the configuration for receivers. */
  public static AlertmanagerConfig of(AlertReceivers receivers) {
    StringBuilder text = new StringBuilder(resource(FILE));
    text.append("\nreceivers:\n");
    for (Kind kind : KINDS) {
      // What is JSON is YAML: nothing has to be escaped by hand.
      text.append("  - ").append(receiver(kind, receivers)).append('\n');
    }
    String runbook = "{{ define \"quantum.runbook\" }}%s{{ end }}\n".formatted(receivers.runbook());
    return new AlertmanagerConfig(text.toString(), resource(MESSAGES) + runbook);
  }

  private static ObjectNode receiver(Kind kind, AlertReceivers receivers) {
    ObjectNode receiver = JSON.createObjectNode().put("name", kind.name());
    receivers
        .webhook()
        .ifPresent(
            url ->
                receiver
                    .withArray("webhook_configs")
                    .addObject()
                    .put("send_resolved", kind.resolved())
                    .put("url", url));
    receivers.mail().ifPresent(mail -> mail(receiver, kind, mail));
    receivers
        .telegram()
        .ifPresent(
            telegram ->
                receiver
                    .withArray("telegram_configs")
                    .addObject()
                    .put("send_resolved", kind.resolved())
                    .put("api_url", telegram.url())
                    .put("bot_token", telegram.token())
                    .put("chat_id", telegram.chat())
                    // Plain text: nothing in it is markup, whatever a record brings.
                    .put("parse_mode", "")
                    .put("message", "{{ template \"%s\" . }}".formatted(kind.template())));
    return receiver;
  }

  private static void mail(ObjectNode receiver, Kind kind, AlertReceivers.Mail mail) {
    ObjectNode config =
        receiver
            .withArray("email_configs")
            .addObject()
            .put("send_resolved", kind.resolved())
            .put("to", String.join(", ", mail.to()))
            .put("from", mail.from())
            .put("smarthost", mail.server())
            .put("require_tls", mail.tls())
            .put("html", "")
            .put("text", "{{ template \"%s\" . }}".formatted(kind.template()));
    config.putObject("headers").put("Subject", "{{ template \"quantum.subject\" . }}");
    mail.login()
        .ifPresent(
            login ->
                config.put("auth_username", login.user()).put("auth_password", login.password()));
  }

  /**
   * Writes both files, each at once, so that nobody reads half of one; only their owner can read
   * them.
   *
   * @param directory where; it must exist
   * @throws IOException if they cannot be written
   */
  public void write(Path directory) throws IOException {
    write(directory.resolve(MESSAGES), messages);
    write(directory.resolve(FILE), alertmanager);
  }

  private static void write(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, onlyOurs());
    Files.writeString(fresh, text, UTF_8);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] onlyOurs() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static String resource(String name) {
    try (InputStream in = AlertmanagerConfig.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the class path has no " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
