<?php
namespace Opencart\Catalog\Controller\Extension\Hub\Module;
class Hub extends \Opencart\System\Engine\Controller {
	public function lookup() {
		$this->answer('', function ($hub) { return array(200, $hub->lookup(isset($this->request->get['phone']) ? $this->request->get['phone'] : '')); });
	}

	public function note() {
		$body = file_get_contents('php://input');
		$this->answer($body, function ($hub) use ($body) {
			$told = json_decode($body, true);
			return is_array($told) ? $hub->note((string)$told['phone'], (string)$told['text'], (string)$told['mark']) : array(422, array('ok' => false, 'code' => 'json', 'error' => 'The body is no JSON.'));
		});
	}

	// Every minute, from the server's cron: index.php?route=extension/hub/module/hub.cron
	public function cron() {
		$this->hub()->send();
	}

	// ---- events: contracts/shop/opencart.md section 3.2

	public function before(&$route, &$args) {
		$query = $this->db->query("SELECT order_status_id FROM `" . DB_PREFIX . "order` WHERE order_id = '" . (int)$args[0] . "'");
		$this->registry->set('hub_old_status', $query->num_rows ? (int)$query->row['order_status_id'] : 0);
	}

	public function after(&$route, &$args, &$output) {
		if ((int)$args[1] > 0) {
			$old = (int)$this->registry->get('hub_old_status');
			$hub = $this->hub();
			$hub->keep($old === 0 ? 'order.created' : 'order.status', $args[0], $old === 0 ? 'new' : $args[1] . ':' . time());
			$this->later($hub);
		}
	}

	public function customer(&$route, &$args, &$output) {
		$hub = $this->hub();
		$hub->keepCustomer($output);
		$this->later($hub);
	}

	private function later($hub) {
		if (function_exists('fastcgi_finish_request')) {
			register_shutdown_function(function () use ($hub) { fastcgi_finish_request(); $hub->send(); });
		}
	}

	private function answer($body, $work) {
		$hub = $this->hub();
		list($status, $said) = $hub->isSigned($body) ? $work($hub) : array(401, array('ok' => false, 'code' => 'signature', 'error' => 'The signature does not fit.'));
		http_response_code($status);
		$this->response->addHeader('Content-Type: application/json; charset=utf-8');
		$this->response->setOutput(json_encode($said, JSON_UNESCAPED_UNICODE));
	}

	private function hub() {
		require_once(DIR_EXTENSION . 'hub/system/library/hub.php');
		return new \HubLibrary($this->db, (string)$this->config->get('module_hub_address'), (string)$this->config->get('module_hub_secret'),
			parse_url(HTTP_SERVER, PHP_URL_HOST), 'opencart-4', (string)$this->config->get('module_hub_admin'));
	}
}
