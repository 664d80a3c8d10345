<?php
namespace Opencart\Admin\Controller\Extension\Hub\Module;
class Hub extends \Opencart\System\Engine\Controller {
	public function index() {
		$data = $this->load->language('extension/hub/module/hub');
		$this->load->model('setting/setting');
		if ($this->request->server['REQUEST_METHOD'] == 'POST' && $this->user->hasPermission('modify', 'extension/hub/module/hub')) {
			$this->model_setting_setting->editSetting('module_hub', array('module_hub_status' => 1, 'module_hub_address' => trim($this->request->post['address']),
				'module_hub_secret' => trim($this->request->post['secret']), 'module_hub_admin' => HTTP_SERVER));
			$this->response->redirect($this->url->link('marketplace/extension', 'user_token=' . $this->session->data['user_token'] . '&type=module'));
		}
		$this->document->setTitle($data['heading_title']);
		$data['address'] = $this->config->get('module_hub_address');
		$data['secret'] = $this->config->get('module_hub_secret');
		$data['action'] = $this->url->link('extension/hub/module/hub', 'user_token=' . $this->session->data['user_token']);
		$data['header'] = $this->load->controller('common/header');
		$data['column_left'] = $this->load->controller('common/column_left');
		$data['footer'] = $this->load->controller('common/footer');
		$this->response->setOutput($this->load->view('extension/hub/module/hub', $data));
	}

	public function install() {
		require_once(DIR_EXTENSION . 'hub/system/library/hub.php');
		(new \HubLibrary($this->db, '', '', '', 'opencart-4', ''))->install();
		$this->load->model('setting/event');
		$this->model_setting_event->addEvent(array('code' => 'hub_before', 'description' => 'Hub', 'trigger' => 'catalog/model/checkout/order.addHistory/before', 'action' => 'extension/hub/module/hub.before', 'status' => true, 'sort_order' => 0));
		$this->model_setting_event->addEvent(array('code' => 'hub_after', 'description' => 'Hub', 'trigger' => 'catalog/model/checkout/order.addHistory/after', 'action' => 'extension/hub/module/hub.after', 'status' => true, 'sort_order' => 0));
		$this->model_setting_event->addEvent(array('code' => 'hub_customer', 'description' => 'Hub', 'trigger' => 'catalog/model/account/customer.addCustomer/after', 'action' => 'extension/hub/module/hub.customer', 'status' => true, 'sort_order' => 0));
	}

	public function uninstall() {
		$this->load->model('setting/event');
		foreach (array('hub_before', 'hub_after', 'hub_customer') as $code) {
			$this->model_setting_event->deleteEventByCode($code);
		}
	}
}
