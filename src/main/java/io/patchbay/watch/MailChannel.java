package io.patchbay.watch;

import org.springframework.mail.MailException;
import org.springframework.mail.MailSender;
import org.springframework.mail.SimpleMailMessage;

/** By mail. */
final class MailChannel implements Channel {

    private final MailSender mail;
    private final WatchProperties.Mail properties;

    MailChannel(MailSender mail, WatchProperties.Mail properties) {
        this.mail = mail;
        this.properties = properties;
    }

    @Override
    public String word() {
        return "mail";
    }

    @Override
    public void send(Alert alert) {
        var message = new SimpleMailMessage();
        message.setFrom(properties.from());
        message.setTo(properties.to().toArray(String[]::new));
        message.setSubject("Patchbay: " + alert.subject());
        message.setText(alert.body());
        try {
            mail.send(message);
        } catch (MailException e) {
            throw new NotTakenException(
                    "The mail server did not take it: " + e.getClass().getSimpleName(), e);
        }
    }
}
