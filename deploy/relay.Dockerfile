# A mail relay of nothing but Debian's Postfix, which apt checks by Debian's signatures. It takes mails from its own
# networks alone, hands them to RELAYHOST over TLS, and keeps them until they are taken.
FROM debian:bookworm-slim
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postfix libsasl2-modules ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && postconf -e \
        maillog_file=/dev/stdout \
        inet_interfaces=all \
        mydestination= \
        "mynetworks=127.0.0.0/8 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16" \
        "smtpd_relay_restrictions=permit_mynetworks, reject" \
        smtp_tls_security_level=encrypt \
        smtp_sasl_auth_enable=yes \
        smtp_sasl_security_options=noanonymous \
        smtp_sasl_password_maps=texthash:/run/secrets/relay-password \
    && postconf -M "587/inet=587 inet n - n - - smtpd" \
    && postconf -F "*/*/chroot=n"
VOLUME /var/spool/postfix
CMD ["sh", "-c", "postconf -e \"relayhost=$RELAYHOST\" \"myhostname=${MAILNAME:-relay}\" && exec postfix start-fg"]
