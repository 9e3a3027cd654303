/** How a person is told: Alertmanager's configuration, and what is sent to it. */
package io.quantumtrader.app.alerting;
