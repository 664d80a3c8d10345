<?php
// What both lines of OpenCart have in common: signatures, lookup, notes, the outbox. Not run in a shop yet.
// Contract: ../README.md and contracts/shop/generic-form.md section 3.
class HubLibrary {
	const PAUSES = array(60, 300, 900, 3600); // then hourly, for a day
	const DAY = 86400;
	const TIME_OUT = 3; // seconds: a slow hub must not slow the shop

	private $db;
	private $address;
	private $secret;
	private $shop;
	private $platform;
	private $admin;

	public function __construct($db, $address, $secret, $shop, $platform, $admin) {
		$this->db = $db;
		$this->address = $address;
		$this->secret = $secret;
		$this->shop = $shop;
		$this->platform = $platform;
		$this->admin = rtrim($admin, '/') . '/';
	}

	public function isSigned($body) {
		$time = isset($_SERVER['HTTP_X_HUB_TIMESTAMP']) ? $_SERVER['HTTP_X_HUB_TIMESTAMP'] : '';
		$signature = isset($_SERVER['HTTP_X_HUB_SIGNATURE']) ? strtolower($_SERVER['HTTP_X_HUB_SIGNATURE']) : '';
		return $this->secret !== '' && ctype_digit($time) && abs(time() - (int)$time) <= 300
			&& hash_equals(hash_hmac('sha256', $time . '.' . $body, $this->secret), $signature);
	}

	// ---- what the hub asks

	public function lookup($phone) {
		$orders = $this->ordersOf($phone, 5);
		$customers = array();
		$known = $this->db->query("SELECT customer_id, firstname, lastname, email, telephone FROM `" . DB_PREFIX . "customer` WHERE " . $this->endsIn('telephone', $phone) . " LIMIT 5");
		foreach ($known->rows as $row) {
			$customers[] = $this->customer($row, $row['customer_id']);
		}
		$guests = array();
		foreach ($orders as $row) {
			if ((int)$row['customer_id'] === 0 && !isset($guests[strtolower($row['email'])])) {
				$guests[strtolower($row['email'])] = true;
				$customers[] = $this->customer($row, null);
			}
		}
		return array('customers' => $customers, 'orders' => array_map(array($this, 'order'), $orders), 'push' => $this->address !== '');
	}

	// A line in the history of the newest order of the number; one whose mark stands in any of its orders is not written again.
	// The status stays what it is: a missing one would take the order out of the list.
	public function note($phone, $text, $mark) {
		$orders = $this->ordersOf($phone, 50);
		if (!$orders) {
			return array(404, array('ok' => false, 'code' => 'no-order', 'error' => 'No order of this number.'));
		}
		if ($text === '' || strlen($text) > 5000 || $mark === '') {
			return array(422, array('ok' => false, 'code' => 'text', 'error' => 'The text is empty or too long.'));
		}
		$ids = implode(',', array_map(function ($row) { return (int)$row['order_id']; }, $orders));
		$this->db->query("SELECT GET_LOCK('hub_note', 5)");
		$there = $this->db->query("SELECT order_id, order_history_id FROM `" . DB_PREFIX . "order_history` WHERE order_id IN (" . $ids . ") AND INSTR(comment, '" . $this->db->escape($mark) . "') > 0 LIMIT 1");
		if ($there->num_rows) {
			$line = $there->row;
		} else {
			$this->db->query("INSERT INTO `" . DB_PREFIX . "order_history` SET order_id = '" . (int)$orders[0]['order_id'] . "', order_status_id = '" . (int)$orders[0]['order_status_id']
				. "', notify = '0', comment = '" . $this->db->escape($text) . "', date_added = NOW()");
			$line = array('order_id' => $orders[0]['order_id'], 'order_history_id' => $this->db->getLastId());
		}
		$this->db->query("SELECT RELEASE_LOCK('hub_note')");
		return array(200, array('ok' => true, 'id' => $line['order_id'] . '/' . $line['order_history_id'], 'admin_url' => $this->orderPage($line['order_id'])));
	}

	// ---- what the hub is told

	public function keep($event, $order_id, $mark) {
		$query = $this->db->query("SELECT * FROM `" . DB_PREFIX . "order` WHERE order_id = '" . (int)$order_id . "'");
		if ($query->num_rows) {
			$this->store($event, $order_id . ':' . $mark, array('order' => $this->order($query->row), 'customer' => $this->customer($query->row, $query->row['customer_id'])));
		}
	}

	public function keepCustomer($customer_id) {
		$query = $this->db->query("SELECT * FROM `" . DB_PREFIX . "customer` WHERE customer_id = '" . (int)$customer_id . "'");
		if ($query->num_rows) {
			$this->store('customer.created', $customer_id, array('customer' => $this->customer($query->row, $customer_id)));
		}
	}

	private function store($event, $key, $body) {
		$id = $this->shop . ':' . $event . ':' . $key;
		$body = array('v' => 1, 'event' => $event, 'event_id' => $id, 'shop' => $this->shop, 'platform' => $this->platform, 'occurred_at' => gmdate('Y-m-d\TH:i:s\Z')) + $body;
		$this->db->query("INSERT IGNORE INTO `" . DB_PREFIX . "hub_event` SET event_id = '" . $this->db->escape($id) . "', body = '"
			. $this->db->escape(json_encode($body, JSON_UNESCAPED_UNICODE)) . "', attempts = '0', born_at = '" . time() . "', next_at = '" . time() . "'");
	}

	// Sends what is due; called from cron, and after the answer of the page where PHP can do that.
	public function send() {
		if ($this->address === '') {
			return;
		}
		$this->db->query("DELETE FROM `" . DB_PREFIX . "hub_event` WHERE born_at < '" . (time() - self::DAY) . "'");
		$due = $this->db->query("SELECT * FROM `" . DB_PREFIX . "hub_event` WHERE next_at <= '" . time() . "' ORDER BY id LIMIT 20");
		foreach ($due->rows as $row) {
			$status = $this->post($row['body']);
			if ($status >= 200 && $status < 300 || $status === 422) { // 422: unusable, not to be repeated
				$this->db->query("DELETE FROM `" . DB_PREFIX . "hub_event` WHERE id = '" . (int)$row['id'] . "'");
			} else {
				$pauses = self::PAUSES;
				$pause = isset($pauses[(int)$row['attempts']]) ? $pauses[(int)$row['attempts']] : 3600;
				$this->db->query("UPDATE `" . DB_PREFIX . "hub_event` SET attempts = attempts + 1, next_at = '" . (time() + $pause) . "' WHERE id = '" . (int)$row['id'] . "'");
			}
		}
	}

	private function post($body) {
		$time = (string)time();
		$curl = curl_init($this->address);
		curl_setopt_array($curl, array(
			CURLOPT_POST => true,
			CURLOPT_POSTFIELDS => $body,
			CURLOPT_RETURNTRANSFER => true,
			CURLOPT_TIMEOUT => self::TIME_OUT,
			CURLOPT_HTTPHEADER => array('Content-Type: application/json; charset=utf-8', 'X-Hub-Timestamp: ' . $time, 'X-Hub-Signature: ' . hash_hmac('sha256', $time . '.' . $body, $this->secret))
		));
		curl_exec($curl);
		$status = (int)curl_getinfo($curl, CURLINFO_HTTP_CODE);
		curl_close($curl);
		return $status;
	}

	public function install() {
		$this->db->query("CREATE TABLE IF NOT EXISTS `" . DB_PREFIX . "hub_event` (id INT AUTO_INCREMENT PRIMARY KEY, event_id VARCHAR(190) NOT NULL UNIQUE, body MEDIUMTEXT NOT NULL, attempts INT NOT NULL, born_at INT NOT NULL, next_at INT NOT NULL)");
	}

	// ---- shapes

	private function order($row) {
		$items = array();
		$products = $this->db->query("SELECT name, model, quantity, price FROM `" . DB_PREFIX . "order_product` WHERE order_id = '" . (int)$row['order_id'] . "'");
		foreach ($products->rows as $product) {
			$items[] = array('name' => $product['name'], 'sku' => $product['model'], 'quantity' => (int)$product['quantity'], 'price' => $product['price']);
		}
		$status = $this->db->query("SELECT name FROM `" . DB_PREFIX . "order_status` WHERE order_status_id = '" . (int)$row['order_status_id'] . "' AND language_id = '" . (int)$row['language_id'] . "'");
		return array(
			'id' => (string)$row['order_id'], 'number' => (string)$row['order_id'], 'status' => (string)$row['order_status_id'],
			'status_name' => $status->num_rows ? $status->row['name'] : '', 'total' => (string)$row['total'], 'currency' => $row['currency_code'],
			'created_at' => gmdate('Y-m-d\TH:i:s\Z', strtotime($row['date_added'])), 'admin_url' => $this->orderPage($row['order_id']), 'comment' => $row['comment'], 'items' => $items
		);
	}

	private function customer($row, $id) {
		return array('id' => $id ? (string)$id : null, 'first_name' => $row['firstname'], 'last_name' => $row['lastname'], 'email' => $row['email'],
			'phones' => $row['telephone'] === '' ? array() : array($row['telephone']),
			'admin_url' => $id ? $this->admin . 'index.php?route=' . ($this->platform === 'opencart-4' ? 'customer/customer.form' : 'customer/customer/edit') . '&customer_id=' . $id : null);
	}

	private function orderPage($id) {
		return $this->admin . 'index.php?route=' . ($this->platform === 'opencart-4' ? 'sale/order.info' : 'sale/order/info') . '&order_id=' . $id;
	}

	// An order is real at its first status above 0.
	private function ordersOf($phone, $most) {
		return $this->db->query("SELECT * FROM `" . DB_PREFIX . "order` WHERE order_status_id > 0 AND " . $this->endsIn('telephone', $phone) . " ORDER BY order_id DESC LIMIT " . (int)$most)->rows;
	}

	// Numbers stand as people typed them: the last ten digits are compared, without what they put between.
	private function endsIn($column, $phone) {
		$digits = substr(preg_replace('/\D/', '', $phone), -10);
		if (strlen($digits) < 7) {
			return '0';
		}
		$bare = $column;
		foreach (array(' ', '-', '(', ')', '+', '.') as $between) {
			$bare = "REPLACE(" . $bare . ", '" . $between . "', '')";
		}
		return $bare . " LIKE '%" . $digits . "'";
	}
}
